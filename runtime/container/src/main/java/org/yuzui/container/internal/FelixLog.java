package org.yuzui.container.internal;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/** Brings the framework's own words into the hub's log. */
final class FelixLog extends Logger {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.yuzui.container.felix");

    FelixLog() {
        setLogLevel(LOG_WARNING);
    }

    @Override
    protected void doLog(Bundle bundle, ServiceReference reference, int level, String message, Throwable cause) {
        doLog(level, bundle == null ? message : bundle.getSymbolicName() + ": " + message, cause);
    }

    @Override
    protected void doLog(int level, String message, Throwable cause) {
        // What matters to a person is told by the plugin's status; the framework's own view is for those who look closer.
        if (level == LOG_ERROR) {
            LOG.warn(message, cause);
        } else {
            LOG.debug(message, cause);
        }
    }
}
