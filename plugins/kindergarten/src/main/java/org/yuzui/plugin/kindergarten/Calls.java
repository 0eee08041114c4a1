package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** What the routes' exchanges say, and are told. */
final class Calls {

    private Calls() {
    }

    /** The day that the occurrence is about. */
    static LocalDate day(Exchange exchange) {
        return LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class));
    }

    /** When the occurrence was due. */
    static Instant due(Exchange exchange) {
        return OffsetDateTime.parse(exchange.getMessage().getHeader(Headers.DUE, String.class)).toInstant();
    }

    static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /** Says for a query which unit's records, of which days, both included. */
    static void ask(Exchange exchange, String unit, LocalDate from, LocalDate to) {
        exchange.getMessage().setHeader("KindergartenUnit", unit);
        exchange.getMessage().setHeader("KindergartenFrom", from.toString());
        exchange.getMessage().setHeader("KindergartenTo", to.toString());
    }

    /** What a query found. */
    static List<JsonNode> found(Exchange exchange) {
        List<JsonNode> all = new ArrayList<>();
        for (Object item : exchange.getMessage().getBody(List.class)) {
            all.add((JsonNode) item);
        }
        return all;
    }

    static String text(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
}
