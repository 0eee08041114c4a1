package org.yuzui.launcher.demo;

import java.time.LocalDateTime;

/**
 * One thing that happened in a visit, told by one message.
 *
 * @param place how many events of the visit came before
 * @param ended the visit's end as it is known at this event; null while the patient is in the house
 */
record VisitEvent(Visit visit, Visit.Kind kind, LocalDateTime at, int place, LocalDateTime ended) {
}
