package org.yuzui.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes threads that belong to the hub and may outlive a plugin. A thread keeps for its life the class loader of the thread
 * that made it, and the protection domains of all classes on that one's stack: made while a plugin's class is at work it
 * would keep that plugin in memory. So they are made by a thread that never runs anything of a plugin.
 */
public final class HubThreads {

    private static final ExecutorService MAKER = maker();

    private HubThreads() {
    }

    private static ExecutorService maker() {
        ExecutorService maker = Executors.newSingleThreadExecutor(r -> {
            Thread thread = new Thread(r, "yuzui-threads");
            thread.setContextClassLoader(HubThreads.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        });
        // Its thread is made now, not by whoever comes first; and so is the one by which the JDK times all futures.
        maker.execute(() -> CompletableFuture.delayedExecutor(0, TimeUnit.NANOSECONDS, Runnable::run).execute(() -> { }));
        return maker;
    }

    /** A daemon thread, not started. */
    public static Thread daemon(Runnable task, String name) {
        return CompletableFuture.supplyAsync(() -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        }, MAKER).join();
    }

    /** Daemon threads, numbered from 1: {@code schedule-1}. */
    public static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> daemon(task, name + "-" + count.incrementAndGet());
    }
}
