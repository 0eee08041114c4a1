package org.yuzui.plugin.hr.roster;

import org.yuzui.plugin.hr.sheet.Cell;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** People in rows that come from elsewhere than a sheet. A row that is wrong is left out: each speaks of one person only. */
public final class RosterRows {

    private final Findings findings = new Findings();
    private final RosterReader reader;
    private final Field[] fields;
    private final List<String> labels;
    private final List<String> passedOver = new ArrayList<>();
    private int rows;

    /**
     * Begins without rows.
     *
     * @param labels what the columns are called
     * @throws BadRoster when one that is needed isn't there
     */
    public RosterRows(List<String> labels, RosterSheet.Terms terms, LocalDate day) {
        this.labels = labels;
        this.reader = new RosterReader(terms.codes(), day, terms.creditCode(), terms.pseudonyms(), findings);
        this.fields = new Field[labels.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = terms.headings().field(labels.get(i));
            if (fields[i] == null) {
                passedOver.add(labels.get(i));
            }
        }
        for (Field field : Field.values()) {
            if (field.isRequired() && !Arrays.asList(fields).contains(field)) {
                throw new BadRoster(Fault.NO_HEADINGS, null, field.key());
            }
        }
    }

    /** Takes a row; of two of one person the later one counts. */
    public void add(String[] texts, boolean watermarked) {
        rows++;
        List<RosterReader.Read> row = new ArrayList<>(fields.length);
        String number = null;
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] != null) {
                String text = texts[i] == null ? "" : texts[i].strip();
                number = fields[i] == Field.PERSON && text.matches("[A-Za-z0-9._-]{1,40}") ? text : number;
                row.add(new RosterReader.Read(fields[i], labels.get(i), null, text.isEmpty() ? Cell.EMPTY : new Cell(Cell.Kind.TEXT, text)));
            }
        }
        String place = number == null ? "row " + rows : "person " + number;
        if (!watermarked) {
            findings.add(new Finding(Fault.NO_WATERMARK, place, null, null));
            return;
        }
        reader.read(row.stream().map(r -> new RosterReader.Read(r.field(), r.heading(), place, r.cell())).toList(), place, true);
    }

    public int rows() {
        return rows;
    }

    public Map<String, Person> people() {
        return reader.people();
    }

    public List<String> passedOver() {
        return List.copyOf(passedOver.subList(0, Math.min(passedOver.size(), 50)));
    }

    /** Null when nothing is wrong. */
    public BadRoster refusal() {
        return findings.count() == 0 ? null : new BadRoster(findings.told(), findings.count());
    }
}
