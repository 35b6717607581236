package io.boshcpi.lxd.fake.model;

/** The addresses under which objects name each other. */
public final class Urls {
    private Urls() {}

    public static String projectSuffix(String project) {
        return project.equals("default") ? "" : "?project=" + project;
    }

    public static String instance(String name, String project) {
        return "/1.0/instances/" + name + projectSuffix(project);
    }

    /** The HTTPS address of a cluster's member. */
    public static String member(String name) {
        return "https://" + name + ":8443";
    }

    public static String volume(String pool, String name) {
        return "/1.0/storage-pools/" + pool + "/volumes/custom/" + name;
    }
}
