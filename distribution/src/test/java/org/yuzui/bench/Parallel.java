package org.yuzui.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work in several threads for a while. */
final class Parallel {

    /** Does one piece after the other until the time is over. */
    interface Work {
        /**
         * @param thread 0, 1, …
         * @param end    when to stop, as {@link System#nanoTime()}
         * @return how many pieces were done
         */
        long until(int thread, long end) throws Exception;
    }

    record Done(long pieces, double seconds) {
        double rate() {
            return pieces / seconds;
        }
    }

    private Parallel() {
    }

    static Done run(int threads, double seconds, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            long end = begin + (long) (seconds * 1e9);
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(pool.submit(() -> work.until(thread, end)));
            }
            long pieces = 0;
            for (Future<Long> future : futures) {
                pieces += future.get();
            }
            return new Done(pieces, (System.nanoTime() - begin) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }
}
