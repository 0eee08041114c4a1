package org.yuzui.kernel;

/** What was deployed; closing it undoes exactly that. Closing twice does nothing. Never throws. */
public interface Deployment extends AutoCloseable {

    /** A deployment of nothing. */
    Deployment NONE = () -> { };

    @Override
    void close();
}
