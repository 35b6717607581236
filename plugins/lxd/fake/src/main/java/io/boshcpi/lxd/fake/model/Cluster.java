package io.boshcpi.lxd.fake.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cluster that the server is a member of, or none. The member that was asked first takes what has no target, except for
 * instances: they go to the last one, so that a client that assumes anything of their place fails.
 */
public final class Cluster {
    private static final String GROUP = "@";

    /** Each member with its groups. */
    private final Map<String, List<String>> members = new TreeMap<>();

    private final Set<String> offline = ConcurrentHashMap.newKeySet();

    /** Adds a member. */
    public void add(String member, List<String> groups) {
        members.put(member, List.copyOf(groups));
    }

    /** Lets a member be down for those who list the members. */
    public void setOffline(String member) {
        groups(member);
        offline.add(member);
    }

    /** The status of a member. */
    public String status(String member) {
        return offline.contains(member) ? "Offline" : "Online";
    }

    /** Whether there is a cluster. */
    public boolean exists() {
        return !members.isEmpty();
    }

    /** The members; {@code "none"} without a cluster, as objects that are on all of them say. */
    public List<String> locations() {
        return exists() ? List.copyOf(members.keySet()) : List.of("none");
    }

    /** The groups of a member. */
    public List<String> groups(String member) {
        if (!exists()) {
            throw ApiError.internal("Server is not clustered");
        }
        List<String> groups = members.get(member);
        if (groups == null) {
            throw ApiError.notFound("Cluster member not found");
        }
        return groups;
    }

    /** The member that a request about volumes goes to. */
    public String asked(String target) {
        if (!exists() || target.isEmpty()) {
            return locations().get(0);
        }
        groups(target);
        return target;
    }

    /** Where a volume goes; what is in a pool of ceph is on no member. */
    public String ofVolume(Model.Pool pool, String target) {
        String member = asked(target);
        return exists() && pool.driver().equals("ceph") ? "" : member;
    }

    /** Whether what is at that location can be used by the member. */
    public boolean reaches(String member, String location) {
        return location.isEmpty() || location.equals(member);
    }

    /** Where an instance goes. */
    public String ofInstance(String target) {
        List<String> candidates = locations().stream()
                .filter(member ->
                        !target.startsWith(GROUP) || groups(member).contains(target.substring(GROUP.length())))
                .toList();
        if (candidates.isEmpty()) {
            throw ApiError.notFound("Cluster group doesn't exist");
        } else if (!exists() || target.isEmpty() || target.startsWith(GROUP)) {
            return candidates.get(candidates.size() - 1);
        }
        groups(target);
        return target;
    }
}
