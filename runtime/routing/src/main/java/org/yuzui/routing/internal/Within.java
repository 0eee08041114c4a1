package org.yuzui.routing.internal;

import org.slf4j.MDC;

/** Runs something while the thread's class loader is another one, and puts the former back. */
final class Within {

    private Within() {
    }

    interface Body<T> {
        T run() throws Exception;
    }

    /** Checked exceptions come out wrapped: see {@link #unwrap}. */
    static <T> T call(ClassLoader loader, Body<T> body) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return body.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Wrapped(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The same while what is logged is known to be of a route; see the slf4j MDC keys {@code plugin} and {@code route}. */
    static void route(Owner owner, String route, Body<Void> body) throws Exception {
        String plugin = MDC.get("plugin");
        String before = MDC.get("route");
        MDC.put("plugin", owner.id());
        MDC.put("route", route);
        try {
            body.run();
        } finally {
            restore("plugin", plugin);
            restore("route", before);
        }
    }

    private static void restore(String key, String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    static Throwable unwrap(Throwable e) {
        return e instanceof Wrapped ? e.getCause() : e;
    }

    private static final class Wrapped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrapped(Exception cause) {
            super(cause);
        }
    }
}
