package org.yuzui.spi;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of some classes can be seen from outside, a line each: {@code Type | member}. A line says all that a caller or an
 * implementer depends on: types, exceptions, constant values, whether a method has a default. Names of parameters don't count.
 */
final class ApiListing {

    private ApiListing() {
    }

    /** All public types in the folder of classes that {@code one} of them lies in. */
    static List<Class<?>> typesBeside(Class<?> one) {
        try {
            Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.walk(root)) {
                List<Class<?>> types = new ArrayList<>();
                for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                    String name = root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                    if (!name.endsWith("-info")) {
                        types.add(Class.forName(name, false, one.getClassLoader()));
                    }
                }
                return types;
            }
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines of all that is public or protected, sorted. */
    static List<String> of(List<Class<?>> types) {
        TreeSet<String> lines = new TreeSet<>();
        types.stream().filter(ApiListing::isOpen).forEach(t -> list(t, lines));
        return List.copyOf(lines);
    }

    private static boolean isOpen(Class<?> type) {
        return !type.isSynthetic() && !type.isAnonymousClass() && isSeen(type.getModifiers())
                && (type.getEnclosingClass() == null || isOpen(type.getEnclosingClass()));
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void list(Class<?> type, TreeSet<String> lines) {
        String name = type.getTypeName();
        lines.add(name + " | " + kind(type));
        for (Field f : type.getDeclaredFields()) {
            if (isSeen(f.getModifiers()) && !f.isSynthetic()) {
                lines.add(name + " | " + deprecated(f) + Modifier.toString(f.getModifiers()) + " " + type(f.getGenericType()) + " "
                        + f.getName() + value(f));
            }
        }
        for (Constructor<?> c : type.getDeclaredConstructors()) {
            if (isSeen(c.getModifiers()) && !c.isSynthetic()) {
                lines.add(name + " | " + deprecated(c) + Modifier.toString(c.getModifiers()) + " new" + signature(c));
            }
        }
        for (Method m : type.getDeclaredMethods()) {
            if (isSeen(m.getModifiers()) && !m.isSynthetic() && !m.isBridge()) {
                lines.add(name + " | " + deprecated(m) + (m.isDefault() ? "default " : "")
                        + Modifier.toString(m.getModifiers() & (type.isEnum() ? ~Modifier.ABSTRACT : ~0) & Modifier.methodModifiers()) + " " + type(m.getGenericReturnType()) + " "
                        + m.getName() + signature(m) + (m.getDefaultValue() == null ? "" : " default " + m.getDefaultValue()));
            }
        }
    }

    private static String kind(Class<?> type) {
        int modifiers = type.getModifiers() & ~Modifier.INTERFACE;
        if (type.isEnum()) {
            // whether constants have bodies of their own, which makes the type abstract, is nobody's business
            modifiers &= ~(Modifier.ABSTRACT | Modifier.FINAL);
        }
        String word = type.isAnnotation() ? "@interface" : type.isInterface() ? "interface" : type.isEnum() ? "enum"
                : type.isRecord() ? "record" : "class";
        String above = type.getGenericSuperclass() == null ? "" : " extends " + type(type.getGenericSuperclass());
        String faces = Arrays.stream(type.getGenericInterfaces()).map(ApiListing::type).sorted().collect(Collectors.joining(", "));
        return deprecated(type) + Modifier.toString(modifiers) + (type.isSealed() && !type.isEnum() ? " sealed " : " ") + word + above
                + (faces.isEmpty() ? "" : " implements " + faces);
    }

    private static String signature(Executable of) {
        String thrown = Arrays.stream(of.getGenericExceptionTypes()).map(ApiListing::type).sorted().collect(Collectors.joining(", "));
        return Arrays.stream(of.getParameters()).map(Parameter::getParameterizedType).map(ApiListing::type)
                .collect(Collectors.joining(", ", "(", ")")) + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String type(Type type) {
        return type.getTypeName().replace("java.lang.", "");
    }

    private static String deprecated(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }

    /** A constant is copied into what was compiled against it: another value is another constant. */
    private static String value(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        try {
            return constant ? " = " + field.get(null) : "";
        } catch (IllegalAccessException e) {
            return ""; // a protected one
        }
    }
}
