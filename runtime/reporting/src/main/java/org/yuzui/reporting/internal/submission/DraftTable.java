package org.yuzui.reporting.internal.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.reporting.Period;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** {@code reporting.drafts}, one a unit and period. */
public final class DraftTable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final String KEEP = """
            insert into reporting.drafts (form, period, day, unit, cells, who, at)
            values (:form, :period, :day, :unit, cast(:cells as jsonb), :who, :at)
            on conflict (form, period, day, unit) do update set cells = excluded.cells, who = excluded.who, at = excluded.at""";
    private static final String WHERE = " where form = :form and period = :period and day = :day and unit = :unit";

    private final Jdbi jdbi;

    record Kept(JsonNode values, String who, Instant at) {
    }

    public DraftTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void keep(String form, Period period, String unit, JsonNode values, String who, Instant at) {
        jdbi.useHandle(h -> h.createUpdate(KEEP).bind("form", form).bind("period", period.kind().toString())
                .bind("day", period.first()).bind("unit", unit).bind("cells", values.toString()).bind("who", who)
                .bind("at", at.atOffset(ZoneOffset.UTC)).execute());
    }

    Optional<Kept> find(String form, Period period, String unit) {
        return jdbi.withHandle(h -> h.createQuery("select cells, who, at from reporting.drafts" + WHERE).bind("form", form)
                .bind("period", period.kind().toString()).bind("day", period.first()).bind("unit", unit)
                .map((row, context) -> new Kept(read(row.getString("cells")), row.getString("who"),
                        row.getObject("at", OffsetDateTime.class).toInstant())).findOne());
    }

    void remove(Handle handle, String form, Period period, String unit) {
        handle.createUpdate("delete from reporting.drafts" + WHERE).bind("form", form).bind("period", period.kind().toString())
                .bind("day", period.first()).bind("unit", unit).execute();
    }

    private static JsonNode read(String cells) {
        try {
            return JSON.readTree(cells);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL gave jsonb that is not JSON", e);
        }
    }
}
