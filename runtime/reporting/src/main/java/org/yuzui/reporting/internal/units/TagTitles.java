package org.yuzui.reporting.internal.units;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code tags.csv}: what tags are called. */
public final class TagTitles {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder()
            .setCommentMarker('#').setIgnoreEmptyLines(true).setTrim(true).get();
    private static final List<String> HEAD = List.of("tag", "name", "name_en");

    private TagTitles() {
    }

    /** @param problems what is wrong is added to these */
    public static Map<String, Title> read(byte[] bytes, String file, List<Problem> problems) {
        Map<String, Title> titles = new LinkedHashMap<>();
        String text = new String(bytes, StandardCharsets.UTF_8);
        try (CSVParser parser = CSVParser.parse(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text), FORMAT)) {
            boolean head = true;
            for (CSVRecord line : parser) {
                long number = parser.getCurrentLineNumber();
                if (head && !line.toList().equals(HEAD)) {
                    problems.add(new Problem("unknown-column", file + ":" + number, "The file does not begin with tag,name,name_en.",
                            "Write this line first."));
                    return titles;
                }
                if (!head && (line.size() < 2 || line.get(1).isEmpty() || !UnitCsv.TAG.matcher(line.get(0)).matches())) {
                    problems.add(new Problem("bad-tag", file + ":" + number, "This line does not say a tag and what it is called.",
                            "Write it like department:education,教育,Education."));
                } else if (!head) {
                    titles.put(line.get(0), new Title(line.get(1), line.size() > 2 && !line.get(2).isEmpty() ? line.get(2) : line.get(1)));
                }
                head = false;
            }
        } catch (IOException | UncheckedIOException e) {
            problems.add(new Problem("bad-csv", file, "It is not CSV: " + e.getMessage() + ".", "Close each quote."));
        }
        return titles;
    }
}
