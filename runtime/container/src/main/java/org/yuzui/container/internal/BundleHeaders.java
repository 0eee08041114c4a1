package org.yuzui.container.internal;

import org.osgi.framework.Constants;
import org.yuzui.kernel.PluginDescriptor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Gives OSGi headers to a plugin that was packed without them, such as a zipped folder of YAML files. */
final class BundleHeaders {

    private BundleHeaders() {
    }

    /** Writes {@code zip} as a bundle to {@code target}; signatures, which would not fit any more, are left out. */
    static void wrap(ZipFile zip, Path target, PluginDescriptor descriptor) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, descriptor.id());
        headers.putValue(Constants.BUNDLE_VERSION, PluginVersion.of(descriptor.version()).osgi());
        // Nobody has worked out what its classes need, so each is looked for when it is first used.
        headers.putValue(Constants.DYNAMICIMPORT_PACKAGE, "*");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
                ZipEntry entry = all.nextElement();
                if (entry.isDirectory() || isMetadata(entry.getName())) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = zip.getInputStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static boolean isMetadata(String path) {
        return path.equals("META-INF/MANIFEST.MF") || path.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }
}
