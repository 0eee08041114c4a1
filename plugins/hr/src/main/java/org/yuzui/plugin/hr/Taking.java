package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.hr.roster.Comparison;
import org.yuzui.plugin.hr.roster.Roster;

import java.util.List;

/** A roster on its way into the records. Not thread-safe: one exchange has it. */
final class Taking {

    /** What becomes of it. */
    enum Verdict { TAKE, HOLD, STAYS_HELD, NOTHING }

    static final String PROPERTY = "HrTaking";
    static final String ACCEPTED = "accepted";
    static final String TAKING = "taking";
    static final String HELD = "held";
    static final String EXPIRED = "expired";

    final Roster roster;
    /** Of the file as it came, or will lie in a folder; null for a database. */
    final String file;
    /** How far a database is read with it; null for a file, and for a table without rows. */
    final String watermark;
    /** Whether the database has more rows. */
    final boolean more;
    boolean confirmed;
    /** Who confirmed it, as the name of the confirmed file says; null where it doesn't. */
    String confirmedBy;
    Verdict verdict = Verdict.NOTHING;
    Comparison comparison;
    /** What the record store has of this roster; null for nothing. */
    JsonNode own;
    /** How many were active by the last headcount. */
    int known;
    private ObjectNode record;

    Taking(Roster roster, String file, boolean confirmed, String watermark, boolean more) {
        this.roster = roster;
        this.file = file;
        this.confirmed = confirmed;
        this.watermark = watermark;
        this.more = more;
    }

    boolean isFile() {
        return roster.source().equals(Roster.FILE);
    }

    boolean ownIs(String state) {
        return own != null && own.path("state").asText().equals(state);
    }

    /**
     * A record of {@code hr.roster.v1}. What was counted when the roster was first taken counts: who goes on with it after a stop
     * finds fewer changes.
     */
    ObjectNode record(String id, String state, List<String> reasons) {
        if (record == null) {
            record = ownIs(TAKING) || ownIs(ACCEPTED) && isFile() ? own.deepCopy() : fresh();
        }
        ObjectNode copy = record.deepCopy();
        copy.put("id", id);
        copy.put("state", state);
        if (state.equals(HELD)) {
            reasons.forEach(copy.putArray("reasons")::add);
            copy.remove("watermark");
        }
        return copy;
    }

    private ObjectNode fresh() {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("unit", roster.unit());
        made.put("source", roster.source());
        made.put("day", roster.day().toString());
        if (file != null) {
            made.put("file", file.length() > 200 ? file.substring(0, 200) : file);
        }
        made.put("rows", roster.rows());
        if (comparison.isBaseline() && (isFile() || more)) {
            made.put("baseline", true);
        }
        if (confirmed) {
            made.put("confirmed", true);
            if (confirmedBy != null) {
                made.put("confirmedBy", confirmedBy);
            }
        }
        made.put("before", before());
        made.put("after", before() - comparison.before() + comparison.after());
        made.put("joined", comparison.count(Comparison.JOINED));
        made.put("moved", comparison.count(Comparison.MOVED));
        made.put("left", comparison.count(Comparison.LEFT));
        made.put("retired", comparison.count(Comparison.RETIRED));
        made.put("returned", comparison.count(Comparison.RETURNED));
        if (watermark != null) {
            made.put("watermark", watermark);
        }
        if (!roster.passedOver().isEmpty()) {
            roster.passedOver().forEach(made.putArray("passedOver")::add);
        }
        return made;
    }

    /** A part of a unit was read of a database: who else was there the last headcount knows. */
    int before() {
        return roster.whole() ? comparison.before() : Math.max(known, comparison.before());
    }
}
