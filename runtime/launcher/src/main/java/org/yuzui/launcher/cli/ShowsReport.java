package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Mixin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Shows what reports say from a unit of the tree down: as the hub answers it, or for people. */
abstract class ShowsReport extends ClientCommand {

    @Mixin
    private BelowUnit below;

    /** To which a command adds its own. */
    final Map<String, Object> query() {
        return below.query();
    }

    final int show(String path, Map<String, Object> query) {
        byte[] body = hub().get(path, query);
        if (json()) {
            print(body);
        } else {
            show(HubClient.parse(body));
        }
        return ExitCode.OK.number();
    }

    /** Prints an answer for people. */
    abstract void show(JsonNode answer);

    /** The title of an indicator with what it is measured in, as the head of a column. */
    final String heading(JsonNode indicator) {
        String measure = text(indicator.path("unit"));
        return title(indicator.path("title")) + (measure.isEmpty() ? "" : " (" + measure + ")");
    }

    /** A number to so many digits after the point; a dash for none. */
    static String rounded(JsonNode value, int precision) {
        return value.isNumber() ? new BigDecimal(value.asText()).setScale(precision, RoundingMode.HALF_UP).toPlainString() : "–";
    }

    static String percent(JsonNode value) {
        return value.isNumber() ? rounded(value, 2) + " %" : "–";
    }
}
