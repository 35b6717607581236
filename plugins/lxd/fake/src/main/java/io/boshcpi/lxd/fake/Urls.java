package io.boshcpi.lxd.fake;

/** The addresses under which objects name each other. */
final class Urls {
    private Urls() {}

    static String projectSuffix(String project) {
        return project.equals("default") ? "" : "?project=" + project;
    }

    static String instance(String name, String project) {
        return "/1.0/instances/" + name + projectSuffix(project);
    }

    static String volume(String pool, String name) {
        return "/1.0/storage-pools/" + pool + "/volumes/custom/" + name;
    }
}
