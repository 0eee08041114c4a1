package org.yuzui.reporting.internal.rollup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.internal.submission.Numbers;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** {@code reporting.totals} and {@code reporting.totalled}, and the answers that they are made of. */
final class TotalTable {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String WHERE = " where form = :form and period = :period and day = :day";
    private static final String LATEST = "select distinct on (unit) unit, cells from reporting.submissions" + WHERE;

    private TotalTable() {
    }

    /** By which tree and version the totals of a period are kept. */
    record Totalled(String tree, int version) {
    }

    /** Locks the period's totals until the transaction ends; empty when none are kept. */
    static Optional<Totalled> lock(Handle handle, String form, Period period) {
        return of(handle.createQuery("select tree, version from reporting.totalled" + WHERE + " for update"), form, period)
                .map((row, context) -> new Totalled(row.getString("tree"), row.getInt("version"))).findOne();
    }

    /** The same without waiting. */
    static Optional<Totalled> find(Handle handle, String form, Period period) {
        return of(handle.createQuery("select tree, version from reporting.totalled" + WHERE), form, period)
                .map((row, context) -> new Totalled(row.getString("tree"), row.getInt("version"))).findOne();
    }

    static boolean isAnswered(Handle handle, String form, Period period) {
        return of(handle.createQuery("select exists(select 1 from reporting.submissions" + WHERE + ")"), form, period)
                .mapTo(Boolean.class).one();
    }

    static void begin(Handle handle, String form, Period period) {
        of(handle.createUpdate("""
                insert into reporting.totalled (form, period, day, tree, version, at)
                values (:form, :period, :day, '', 0, now()) on conflict do nothing"""), form, period).execute();
    }

    static void mark(Handle handle, String form, Period period, Totalled by, Instant at) {
        of(handle.createUpdate("update reporting.totalled set tree = :tree, version = :version, at = :at" + WHERE), form, period)
                .bind("tree", by.tree()).bind("version", by.version()).bind("at", at.atOffset(ZoneOffset.UTC)).execute();
    }

    static Map<String, Accumulated> read(Handle handle, String form, Period period) {
        return rows(of(handle.createQuery("select unit, received, sums from reporting.totals" + WHERE), form, period));
    }

    static Map<String, Accumulated> read(Handle handle, String form, Period period, Collection<String> units) {
        return rows(of(handle.createQuery("select unit, received, sums from reporting.totals" + WHERE + " and unit = any(:units)"),
                form, period).bindArray("units", String.class, List.copyOf(units)));
    }

    private static Map<String, Accumulated> rows(Query query) {
        Map<String, Accumulated> all = new HashMap<>();
        query.map((row, context) -> {
            all.put(row.getString("unit"), parse(row.getString("sums"), row.getInt("received")));
            return true;
        }).list();
        return all;
    }

    static void write(Handle handle, String form, Period period, Map<String, Accumulated> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into reporting.totals (form, period, day, unit, received, sums)
                values (:form, :period, :day, :unit, :received, cast(:sums as jsonb))
                on conflict (form, period, day, unit) do update set received = excluded.received, sums = excluded.sums""");
        rows.forEach((unit, sums) -> of(batch, form, period).bind("unit", unit).bind("received", sums.received())
                .bind("sums", json(sums)).add());
        batch.execute();
    }

    static void clear(Handle handle, String form, Period period) {
        of(handle.createUpdate("delete from reporting.totals" + WHERE), form, period).execute();
    }

    /** Gives the cells of each unit's newest answer, as JSON in UTF-8, one after the other. */
    static void eachAnswer(Handle handle, Form form, Period period, BiConsumer<String, byte[]> each) {
        of(handle.createQuery(LATEST + " order by unit, version desc"), form.id(), period).setFetchSize(500)
                .map((row, context) -> {
                    each.accept(row.getString("unit"), row.getBytes("cells"));
                    return true;
                }).stream().forEach(done -> { });
    }

    /** The greatest of one part below some units, as their newest answers say. */
    static Optional<BigDecimal> greatest(Handle handle, String form, Period period, String cell, Collection<String> units) {
        return of(handle.createQuery("select max((cells ->> :cell)::numeric) from (" + LATEST
                + " and unit = any(:units) order by unit, version desc) as newest"), form, period)
                .bind("cell", cell).bindArray("units", String.class, List.copyOf(units)).mapTo(BigDecimal.class).findOne();
    }

    private static Accumulated parse(String json, int received) {
        Accumulated sums = new Accumulated();
        sums.received(received);
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken(); // [
                parser.nextToken();
                BigDecimal value = parser.getDecimalValue();
                parser.nextToken();
                sums.add(key, value, parser.getIntValue(), false);
                parser.nextToken(); // ]
            }
            return sums;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL gave sums that are none", e);
        }
    }

    private static String json(Accumulated sums) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);
            out.writeStartObject();
            for (Map.Entry<String, Accumulated.Part> part : sums.parts().entrySet()) {
                out.writeArrayFieldStart(part.getKey());
                out.writeNumber(Numbers.plain(part.getValue().value()));
                out.writeNumber(part.getValue().answers());
                out.writeEndArray();
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text can be written to", e);
        }
        return text.toString();
    }

    private static <S extends SqlStatement<S>> S of(S statement, String form, Period period) {
        return statement.bind("form", form).bind("period", period.kind().toString()).bind("day", period.first());
    }
}
