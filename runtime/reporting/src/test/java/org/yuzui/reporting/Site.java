package org.yuzui.reporting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.store.Store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** The demonstration site with the form {@code hospital-daily}: in Sichuan it is the 23rd of November 2026, 01:00. */
final class Site {

    /** Still the 22nd in UTC: who takes the wrong zone is a day late. */
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T17:00:00.123456789Z"), ZoneOffset.UTC);
    static final Units UNITS = hospitals();
    static final List<String> SUMS =
            List.of("outpatientVisits", "admissions", "discharges", "bedsOpen", "bedsOccupied", "dischargedBedDays");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Site() {
    }

    /** The demonstration's tree with its 24 hospitals; other systems' institutions come and go. */
    private static Units hospitals() {
        Path shipped = Path.of("../../config/org");
        try {
            Path folder = Files.createTempDirectory("yuzui-units");
            for (String file : List.of("units.csv", "reporting-units.csv", "institutions.csv")) {
                Path copy = Files.copy(shipped.resolve(file), folder.resolve(file));
                copy.toFile().deleteOnExit();
            }
            folder.toFile().deleteOnExit();
            return UnitFiles.load(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without any form. */
    static Reports empty(Store store) {
        return Reporting.open(UNITS, store, CLOCK, ZoneId.of("Asia/Shanghai"));
    }

    static Reports open(Store store) {
        Reports reports = empty(store);
        reports.deploy(FixturePlugin.his()).start();
        return reports;
    }

    /** An answer whose values come in the order of {@link #SUMS}. */
    static ObjectNode answer(String unit, String day, long... values) {
        ObjectNode answer = JSON.createObjectNode().put("unit", unit).put("day", day);
        ObjectNode cells = answer.putObject("values");
        for (int i = 0; i < values.length; i++) {
            cells.put(SUMS.get(i), values[i]);
        }
        return answer;
    }

    /** JSON with single quotes. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
