package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** An entry of a plugin's history in words. */
final class EventText {

    private final ClientCommand command;

    EventText(ClientCommand command) {
        this.command = command;
    }

    /** {@code his: UPDATE 0.1.0 → 0.2.0 DONE in 310 ms, paused 42 ms (entry 7).} */
    String sentence(JsonNode event) {
        String paused = duration(event.path("paused"));
        return command.text("event.done", ClientCommand.text(event.path("plugin")), ClientCommand.text(event.path("action")),
                versions(event), ClientCommand.text(event.path("outcome")), duration(event.path("took")),
                ClientCommand.text(event.path("number"))) + (paused.isEmpty() ? "" : " " + command.text("event.paused", paused));
    }

    /** {@code 0.1.0 → 0.2.0}, or the one that there is. */
    static String versions(JsonNode event) {
        String from = ClientCommand.text(event.path("fromVersion"));
        String to = ClientCommand.text(event.path("toVersion"));
        if (from.equals(to)) {
            return from;
        }
        return (from.isEmpty() ? "–" : from) + " → " + (to.isEmpty() ? "–" : to);
    }

    /** {@code 310 ms} or {@code 1.2 s} of an ISO-8601 duration; nothing for null. */
    static String duration(JsonNode iso) {
        String text = ClientCommand.text(iso);
        if (text.isEmpty()) {
            return "";
        }
        try {
            long millis = Duration.parse(text).toMillis();
            return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        } catch (DateTimeParseException e) {
            return text;
        }
    }
}
