package io.boshcpi.core.plugin;

import java.util.List;

/**
 * An extension that a plugin brings.
 *
 * @param className its class
 * @param points the extension points that it implements; empty until the class is inspected
 */
record ExtensionSpec(String className, List<String> points) {}
