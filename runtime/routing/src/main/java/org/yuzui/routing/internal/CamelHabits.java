package org.yuzui.routing.internal;

import org.apache.camel.Endpoint;
import org.apache.camel.LoggingLevel;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What every context of the hub does otherwise than Camel by itself. */
final class CamelHabits {

    private static final Set<String> LINES = Set.of("ftp", "ftps", "sftp");
    /** Threads that Camel makes for one owner's steps (wire tap, parallel split …), each pool so many. */
    private static final int MOST_THREADS = 8;
    private static final int MOST_WAITING = 100;

    private CamelHabits() {
    }

    /** An ftp consumer that can't connect keeps silent, unless it is asked to say so; then its next poll tries again. */
    static Endpoint tellOfLines(String uri, Endpoint endpoint) {
        if (LINES.contains(uri.replaceFirst(":.*$", ""))) {
            PropertyBindingSupport.build().withCamelContext(endpoint.getCamelContext()).withTarget(endpoint)
                    .withProperty("throwExceptionOnConnectFailed", true).withMandatory(false).bind();
        }
        return endpoint;
    }

    /**
     * When all threads are busy and the queue is full, the thread that brings more does the work itself: nothing is
     * dropped, and who brings too much is the one to be held up.
     */
    static ThreadPoolProfile boundedThreads() {
        ThreadPoolProfile profile = new ThreadPoolProfile("yuzui");
        profile.setDefaultProfile(true);
        profile.setPoolSize(MOST_THREADS);
        profile.setMaxPoolSize(MOST_THREADS);
        profile.setMaxQueueSize(MOST_WAITING);
        profile.setKeepAliveTime(10L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns);
        return profile;
    }

    /** What fails in a route is told by {@link Watch}, and by whoever started it: as a hop, an occurrence, an answer. */
    static DefaultErrorHandlerDefinition quietErrors() {
        DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
        handler.setLevel(LoggingLevel.OFF.name());
        handler.setRedeliveryPolicy(new RedeliveryPolicyDefinition().retriesExhaustedLogLevel(LoggingLevel.OFF)
                .logStackTrace(false).logExhaustedMessageHistory(false));
        return handler;
    }
}
