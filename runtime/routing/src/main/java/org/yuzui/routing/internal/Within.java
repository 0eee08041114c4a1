package org.yuzui.routing.internal;

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
