package org.yuzui.plugin.assets.life;

/** Says what may happen to an asset in a state. The same question always has the same answer. Thread-safe. */
@FunctionalInterface
public interface Judge {

    String ALLOWED = "allowed";
    /** The next state is the one that the record tells. */
    String TOLD = "told";

    /**
     * Judges one step.
     *
     * @param state  {@code none, in-use, idle, warehouse, lent, disposed}
     * @param holder whether the record is of the unit that has the asset in its books
     * @param told   the state that the record tells
     */
    Verdict of(Event.Kind kind, String state, boolean holder, String told);

    /**
     * @param code    {@link #ALLOWED}, or why not
     * @param next    the state after it
     * @param message why not, with the cure
     */
    record Verdict(String code, String next, String message) {

        boolean allowed() {
            return code.equals(ALLOWED);
        }
    }
}
