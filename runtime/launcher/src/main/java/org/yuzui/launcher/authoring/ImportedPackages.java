package org.yuzui.launcher.authoring;

import org.yuzui.spi.ApiVersion;
import org.yuzui.spi.Settings;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code Import-Package} for a plugin's classes: what they name of the hub must be there; what embedded
 * libraries mention beside may be absent, because it belongs to parts of them that the plugin doesn't use.
 */
final class ImportedPackages {

    private static final String SPI = "org.yuzui.spi";
    private static final List<String> HUB = List.of(SPI, "org.apache.camel", "org.slf4j", "com.fasterxml.jackson");
    private static final Pattern TYPE = Pattern.compile("L([A-Za-z_$][\\w$]*(?:/[\\w$]+)+)[;<]");

    private final Set<String> named = new TreeSet<>();
    private final Set<String> mentioned = new TreeSet<>();
    private final Set<String> own = new TreeSet<>();

    /** Takes in one of the plugin's own classes. */
    void ownClass(byte[] classFile) throws IOException {
        own.add(read(classFile, named));
    }

    /** Takes in the classes of a jar that is embedded. */
    void library(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            for (JarEntry entry : file.stream().filter(e -> e.getName().endsWith(".class")
                    && !e.getName().startsWith("META-INF/") && !e.getName().equals("module-info.class")).toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    own.add(read(in.readAllBytes(), mentioned));
                }
            }
        }
    }

    /** Null when nothing is imported. */
    String header() {
        StringJoiner header = new StringJoiner(",");
        Set<String> all = new TreeSet<>(named);
        all.addAll(mentioned);
        for (String name : all) {
            if (name.startsWith("java.") || name.equals("java") || own.contains(name)) {
                continue;
            }
            String imported = name.equals(SPI) ? name + ";version=\"" + range() + "\"" : name;
            header.add(named.contains(name) && isHubs(name) ? imported : name + ";resolution:=optional");
        }
        return header.length() == 0 ? null : header.toString();
    }

    /** {@code [1.2,2)} around the spi that it was compiled against. */
    private static String range() {
        String[] numbers = Settings.class.getPackage().getAnnotation(ApiVersion.class).value().split("\\.");
        return "[" + numbers[0] + "." + numbers[1] + "," + (Integer.parseInt(numbers[0]) + 1) + ")";
    }

    private static boolean isHubs(String name) {
        return HUB.stream().anyMatch(h -> name.equals(h) || name.startsWith(h + "."));
    }

    /** Reads the constant pool (JVMS 4.4): every type stands there as a class or within a descriptor. */
    private static String read(byte[] classFile, Set<String> to) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipBytes(8);
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] classes = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                case 5, 6 -> {
                    in.skipBytes(8);
                    i++; // a long or double takes two places
                }
                case 8, 16, 19, 20 -> in.skipBytes(2);
                case 15 -> in.skipBytes(3);
                default -> in.skipBytes(4);
            }
        }
        in.skipBytes(2);
        String self = texts[classes[in.readUnsignedShort()]];
        for (int i = 1; i < count; i++) {
            if (classes[i] > 0) {
                add(texts[classes[i]].startsWith("[") ? null : texts[classes[i]], to);
            }
            if (texts[i] != null && texts[i].indexOf(';') > 0 && "([L<".indexOf(texts[i].charAt(0)) >= 0) {
                Matcher m = TYPE.matcher(texts[i]);
                while (m.find()) {
                    add(m.group(1), to);
                }
            }
        }
        return packageOf(self);
    }

    private static void add(String type, Set<String> to) {
        if (type != null && type.indexOf('/') > 0) {
            to.add(packageOf(type));
        }
    }

    private static String packageOf(String type) {
        int slash = type.lastIndexOf('/');
        return slash < 0 ? "" : type.substring(0, slash).replace('/', '.');
    }
}
