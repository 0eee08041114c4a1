package org.yuzui.door;

/** Answers the calls that were let in. The answers that every door needs have a default; a plugin may say them otherwise. */
@FunctionalInterface
public interface Desk {

    /** Seconds after which a call that can't be taken now may be sent again. */
    int LATER_SECONDS = 5;

    /**
     * Answers. Called by a worker, which may wait.
     *
     * @throws Exception what keeps it from being kept now: the caller is answered {@link #tryAgain}
     */
    Answer answer(Call call) throws Exception;

    /**
     * Looks at a call before it waits for a worker. Called by the threads that read: it must not wait.
     *
     * @return the answer; null when a worker shall make it
     */
    default Answer atOnce(Call call) {
        return null;
    }

    /** A call that {@link #atOnce} left to the workers is over: answered, turned away, or dropped at the end. Any thread. */
    default void over(Call call) {
    }

    /** What was sent is no HTTP. */
    default Answer unreadable() {
        return Answer.problem(400, "bad-request", "Bad request", "This is no HTTP request that can be read.");
    }

    /** The body has more bytes than are taken. */
    default Answer tooLarge(int most) {
        return Answer.problem(413, "too-large", "Too large", "Send at most " + most + " bytes, in several calls.");
    }

    /** As many calls wait as may. */
    default Answer busy() {
        return Answer.problem(503, "busy", "Busy", "Too many calls are waiting. Send again later.").retryAfter(LATER_SECONDS);
    }

    /** Nothing can be kept. */
    default Answer tryAgain() {
        return Answer.problem(503, "try-again", "Nothing can be kept now", "Send the same again later; what was kept counts once.")
                .retryAfter(LATER_SECONDS);
    }
}
