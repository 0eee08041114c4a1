package org.yuzui.container.internal;

import org.yuzui.container.internal.journal.Beginning;
import org.yuzui.container.internal.journal.Journal;
import org.yuzui.container.internal.journal.Wanted;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The entry of a change in the journal, which is written by a thread of its own while something else is done. */
final class Entry {

    private final Journal journal;
    private final Beginning beginning;
    private final CompletableFuture<Long> number;

    private Entry(Journal journal, Beginning beginning, CompletableFuture<Long> number) {
        this.journal = journal;
        this.beginning = beginning;
        this.number = number;
    }

    static Entry begin(Journal journal, Beginning beginning) {
        return new Entry(journal, beginning, CompletableFuture.supplyAsync(() -> journal.begin(beginning), task -> {
            Thread thread = new Thread(task, "yuzui-plugins-journal");
            thread.setDaemon(true);
            thread.start();
        }));
    }

    /**
     * Returns when the entry is written; nothing that runs may be touched before.
     *
     * @throws ProblemException {@code journal-unavailable}
     */
    long number() {
        try {
            return number.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** It came to nothing; see {@link Journal#failed}. */
    void failed(Problem why, Duration took, Duration paused, Wanted before) {
        boolean begun = true;
        try {
            number.join();
        } catch (CompletionException e) {
            begun = false;
        }
        if (begun) {
            journal.failed(number.join(), beginning.plugin(), why, took, paused, before);
        } else if (why.code().equals(Journal.UNAVAILABLE)) {
            journal.reach(); // nothing happened that is worth an entry; but nothing else begins until the database is there
        } else {
            journal.refused(beginning, why, took);
        }
    }
}
