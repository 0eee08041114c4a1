package org.yuzui.plugin.his;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a visit went, as far as its messages tell. They may have come in any order and repeatedly; they are taken in the
 * order of their events, so the outcome is the same.
 */
final class Stay {

    private LocalDate registeredOn;
    private LocalDate admittedOn;
    private LocalDate presentFrom;
    private LocalDate dischargedOn;
    private boolean admissionCancelled;

    private Stay() {
    }

    static Stay of(Collection<VisitEvent> events) {
        return of(List.of(), events);
    }

    /**
     * A visit that others were merged into. Where the surviving one has a registration or admission of its own, the retired
     * ones were the same visit told twice; where it has none, theirs is its beginning.
     */
    static Stay of(Collection<VisitEvent> retired, Collection<VisitEvent> surviving) {
        Stay stay = new Stay();
        boolean begins = surviving.stream().anyMatch(VisitEvent::begins);
        Stream.concat(begins ? Stream.empty() : retired.stream(), surviving.stream()).sorted(VisitEvent.IN_TIME).forEach(stay::take);
        return stay;
    }

    boolean registeredOn(LocalDate day) {
        return day.equals(registeredOn);
    }

    boolean admittedOn(LocalDate day) {
        return day.equals(admittedOn);
    }

    boolean dischargedOn(LocalDate day) {
        return day.equals(dischargedOn);
    }

    /** Whether the patient lay in the house at 24:00 of the day. */
    boolean inHouseAtEndOf(LocalDate day) {
        return presentFrom != null && !presentFrom.isAfter(day) && (dischargedOn == null || dischargedOn.isAfter(day));
    }

    /** Days from admission to discharge; one when both are the same day, as the national statistics count. 0 while in house. */
    long days() {
        if (dischargedOn == null) {
            return 0;
        }
        return presentFrom == null ? 1 : Math.max(1, ChronoUnit.DAYS.between(presentFrom, dischargedOn));
    }

    private void take(VisitEvent event) {
        switch (event.event()) {
            case "A01", "A04" -> {
                if (event.inpatient()) {
                    admissionCancelled = false;
                    admitted(event);
                } else {
                    registeredOn = event.admittedOn() == null ? event.day() : event.admittedOn();
                }
            }
            case "A05" -> { } // announced; nothing has happened yet
            case "A06" -> {
                admissionCancelled = false;
                dischargedOn = null;
                admitted(event);
            }
            case "A07" -> leftTheWard(event);
            case "A03" -> discharged(event);
            case "A11" -> cancelled();
            case "A13" -> {
                dischargedOn = null;
                seen(event);
            }
            default -> {
                seen(event);
                if (event.dischargedOn() != null) {
                    discharged(event);
                }
            }
        }
    }

    private void admitted(VisitEvent event) {
        admittedOn = event.admittedOn() == null ? event.day() : event.admittedOn();
        presentFrom = admittedOn;
    }

    /** A transfer or an update: the patient is there, and the day of admission may have been put right. */
    private void seen(VisitEvent event) {
        if (!event.inpatient() || admissionCancelled) {
            return;
        }
        if (event.admittedOn() != null) {
            admitted(event);
        } else if (presentFrom == null) {
            presentFrom = event.day();
        }
    }

    private void discharged(VisitEvent event) {
        if (!event.inpatient() || admissionCancelled) {
            return;
        }
        if (event.admittedOn() != null) {
            admitted(event);
        }
        dischargedOn = event.dischargedOn() == null ? event.day() : event.dischargedOn();
    }

    /** An inpatient who goes on as an outpatient: the stay ends as by a discharge, or the census would not add up. */
    private void leftTheWard(VisitEvent event) {
        if (!admissionCancelled) {
            dischargedOn = event.day();
        }
    }

    /** Cancels the admission; where there is none, the registration. */
    private void cancelled() {
        if (presentFrom == null) {
            registeredOn = null;
        } else {
            admittedOn = null;
            presentFrom = null;
            dischargedOn = null;
            admissionCancelled = true;
        }
    }
}
