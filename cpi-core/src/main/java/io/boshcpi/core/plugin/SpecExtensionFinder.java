package io.boshcpi.core.plugin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.ExtensionDescriptor;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.PluginRuntimeException;

/**
 * Finds extensions by what the specs say that they implement, so that a class is loaded only when somebody wants it.
 *
 * <p>PF4J's own finder loads each extension of each plugin to see whether it fits.
 */
final class SpecExtensionFinder implements ExtensionFinder {
    private final HostPluginManager manager;
    private final Map<String, ExtensionWrapper<?>> made = new HashMap<>();

    SpecExtensionFinder(HostPluginManager manager) {
        this.manager = manager;
    }

    @Override
    public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
        List<ExtensionWrapper<T>> found = new ArrayList<>();
        for (String pluginId : manager.specs().keySet()) {
            found.addAll(find(type, pluginId));
        }
        return found;
    }

    @Override
    @SuppressWarnings("unchecked") // The class implements the type, says the spec.
    public <T> List<ExtensionWrapper<T>> find(Class<T> type, String pluginId) {
        List<ExtensionWrapper<T>> found = new ArrayList<>();
        for (ExtensionSpec extension : extensions(pluginId)) {
            if (extension.points().contains(type.getName())) {
                found.add((ExtensionWrapper<T>) wrapper(pluginId, extension));
            }
        }
        return found;
    }

    @Override
    @SuppressWarnings("rawtypes") // PF4J has it so.
    public List<ExtensionWrapper> find(String pluginId) {
        List<ExtensionWrapper> found = new ArrayList<>();
        for (ExtensionSpec extension : extensions(pluginId)) {
            found.add(wrapper(pluginId, extension));
        }
        return found;
    }

    @Override
    public Set<String> findClassNames(String pluginId) {
        Set<String> names = new LinkedHashSet<>();
        for (ExtensionSpec extension : extensions(pluginId)) {
            names.add(extension.className());
        }
        return names;
    }

    private List<ExtensionSpec> extensions(String pluginId) {
        PluginSpec spec = manager.specs().get(pluginId);
        return spec == null ? List.of() : spec.extensions();
    }

    private synchronized ExtensionWrapper<?> wrapper(String pluginId, ExtensionSpec extension) {
        String key = pluginId + " " + extension.className();
        ExtensionWrapper<?> wrapper = made.get(key);
        if (wrapper == null) {
            wrapper = new ExtensionWrapper<>(descriptor(pluginId, extension), manager.getExtensionFactory());
            made.put(key, wrapper);
        }
        return wrapper;
    }

    private ExtensionDescriptor descriptor(String pluginId, ExtensionSpec extension) {
        ClassLoader loader = manager.getPluginClassLoader(pluginId);
        try {
            return new ExtensionDescriptor(0, loader.loadClass(extension.className()));
        } catch (ClassNotFoundException e) {
            throw new PluginRuntimeException(e, "The extension {} is not there", extension.className());
        }
    }
}
