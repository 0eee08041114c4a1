package org.yuzui.launcher.demo;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * One patient's visit to one hospital, with all that happens in it up to the end of the window. Its final state is what a
 * report counts.
 */
final class Visit {

    /** What a HIS tells about: the trigger event of ADT, a result, an order, an appointment, a charge. */
    enum Kind {
        A01, A02, A03, A04, A08, A11, A13,
        /** The visit that is registered a second time by mistake, and that mistake put right. */
        TWICE, A42,
        R01, O01, S12, P03;

        /** As it stands in the message. */
        String trigger() {
            return this == TWICE ? "A04" : name();
        }
    }

    final Hospital hospital;
    final String number;
    final boolean inpatient;
    final long person;
    final LocalDateTime begun;
    final List<VisitEvent> events = new ArrayList<>(4);
    /** When the patient left; null while in the house. */
    LocalDateTime ended;
    boolean cancelled;

    Visit(Hospital hospital, String number, boolean inpatient, long person, LocalDateTime begun) {
        this.hospital = hospital;
        this.number = number;
        this.inpatient = inpatient;
        this.person = person;
        this.begun = begun;
    }

    /** The number under which it was registered a second time. */
    String second() {
        return number + "D";
    }

    /** Adds what happens next; never earlier than what happened before it. */
    void then(Kind kind, LocalDateTime at) {
        switch (kind) {
            case A03 -> ended = at;
            case A11 -> cancelled = true;
            case A13 -> ended = null;
            default -> { }
        }
        events.add(new VisitEvent(this, kind, at, events.size(), ended));
    }
}
