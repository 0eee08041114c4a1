package org.yuzui.routing.internal;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where Camel looks up what its parts are made of. Each context asks for the same hundred files, and each look goes through all of the hub's
 * jars: here they are looked for once. What a plugin itself brings comes first, as it does without this.
 */
final class HostFactories extends DefaultClassResolver {

    private static final String FACTORIES = "META-INF/services/org/apache/camel/";
    private static final ClassLoader HOST = HostFactories.class.getClassLoader();
    private static final byte[] NOTHING = {};
    /** Routes may name anything, and what data names is looked for too. */
    private static final int MOST = 2_000;
    /** The hub's own class path never changes. */
    private static final Map<String, byte[]> KNOWN = new ConcurrentHashMap<>();

    private final ClassLoader own;

    HostFactories(CamelContext camel, ClassLoader own) {
        super(camel);
        this.own = own;
    }

    @Override
    public InputStream loadResourceAsStream(String uri) {
        if (!uri.startsWith(FACTORIES)) {
            return super.loadResourceAsStream(uri);
        }
        InputStream brought = own == HOST ? null : own.getResourceAsStream(uri);
        if (brought != null) {
            return brought;
        }
        byte[] known = KNOWN.get(uri);
        if (known == null) {
            known = read(uri);
            if (KNOWN.size() < MOST) {
                KNOWN.put(uri, known);
            }
        }
        return known == NOTHING ? null : new ByteArrayInputStream(known);
    }

    private static byte[] read(String uri) {
        try (InputStream in = HOST.getResourceAsStream(uri)) {
            return in == null ? NOTHING : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
