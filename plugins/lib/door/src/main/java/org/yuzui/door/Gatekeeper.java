package org.yuzui.door;

/** Looks at a call before anything of its body is kept. Called by the threads that read: it must not wait. */
@FunctionalInterface
public interface Gatekeeper {

    /**
     * Answers what needs no body, or must not bring one.
     *
     * @return the answer, with which the line ends, for its body may be anything; null lets the call in
     */
    Answer answer(Head head);
}
