package org.yuzui.broker.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.yuzui.kernel.HubThreads;

/**
 * The threads of one Core client, gone after a minute without work. Artemis' own pools log an error with a stack trace for
 * every connection that tells of its end after the pool's: these keep silent.
 */
final class ClientThreads implements AutoCloseable {

    private final ThreadPoolExecutor work = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS,
            new SynchronousQueue<>(), HubThreads.named("yuzui-broker-client"), new DiscardPolicy());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, HubThreads.named("yuzui-broker-timer"),
            new DiscardPolicy());

    /** As many threads as there are tasks: what Artemis gives it is ordered by session and by connection. */
    ExecutorService work() {
        return work;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    @Override
    public void close() {
        work.shutdown();
        timer.shutdownNow();
    }
}
