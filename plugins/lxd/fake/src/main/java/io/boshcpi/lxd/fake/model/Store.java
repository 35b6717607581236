package io.boshcpi.lxd.fake.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Objects of one kind, by their project and name. */
public final class Store<T> {
    private final Map<String, Map<String, T>> projects = new TreeMap<>();

    public void put(String project, String name, T object) {
        projects.computeIfAbsent(project, key -> new TreeMap<>()).put(name, object);
    }

    public void remove(String project, String name) {
        ofProject(project).remove(name);
    }

    public void removeAll(String project) {
        projects.remove(project);
    }

    public @Nullable T get(String project, String name) {
        return ofProject(project).get(name);
    }

    public Collection<T> of(String project) {
        return ofProject(project).values();
    }

    public List<T> all() {
        return projects.values().stream()
                .flatMap(objects -> objects.values().stream())
                .toList();
    }

    private Map<String, T> ofProject(String project) {
        return projects.getOrDefault(project, new TreeMap<>());
    }
}
