package org.yuzui.kernel;

/** A listener or reader that was added; closing it takes it away again. */
public interface Registration extends AutoCloseable {

    @Override
    void close();
}
