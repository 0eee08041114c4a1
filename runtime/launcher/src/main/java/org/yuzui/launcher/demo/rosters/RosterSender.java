package org.yuzui.launcher.demo.rosters;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.launcher.demo.Inbox;
import org.yuzui.launcher.demo.Xlsx;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes rosters for the units of the hr plugin's settings, each whole or not at all: two for each, of the ends of two months, as
 * XLSX, CSV in UTF-8 and CSV in GB18030 in turn; and for the last unit a third one, of the day after, in which most are missing.
 */
public final class RosterSender {

    private static final String SETTINGS = "config/plugins/hr.yaml";
    private static final String SHEET = "名册";
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final Inbox inbox;
    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, int[]> expected = new TreeMap<>();
    private final long seed;

    /**
     * Reads where rosters go, and whose.
     *
     * @param home of the hub
     */
    public RosterSender(Path home, long seed) {
        JsonNode root = YamlDocument.read(home.resolve(SETTINGS), SETTINGS).root();
        this.inbox = new Inbox(home.resolve(root.path("inbox").asText("in/hr")));
        this.seed = seed;
        root.path("rosters").properties().forEach(r -> units.put(r.getKey(), r.getValue().path("unit").asText()));
        if (units.isEmpty()) {
            throw new ProblemException(new Problem("no-rosters", SETTINGS + " rosters", "No roster has a unit.",
                    "Write for example 'rosters: {jinjiang: {unit: 510104-F01}}'."));
        }
    }

    public Path inbox() {
        return inbox.folder();
    }

    /** What became of a file. */
    public enum Fate { DONE, REFUSED, HELD }

    /** Writes all. @param last the month of the second roster, which must be over */
    public List<String> send(YearMonth last) throws IOException {
        List<String> names = new ArrayList<>();
        int n = 0;
        for (Map.Entry<String, String> unit : units.entrySet()) {
            Staff staff = new Staff(n, seed, 24 + 3 * (n % 5));
            names.add(write(unit.getKey(), last.minusMonths(1).atEndOfMonth(), staff, n));
            staff.month(last.atEndOfMonth());
            names.add(write(unit.getKey(), last.atEndOfMonth(), staff, n));
            expect(unit.getValue(), staff.active());
            if (++n == units.size()) {
                staff.lose();
                names.add(write(unit.getKey(), last.plusMonths(1).atDay(1), staff, n - 1));
            }
        }
        return names;
    }

    /** What the report of the second month must show: total, joined, left and retired of each unit, county, city and the province. */
    public Map<String, int[]> expected() {
        return expected;
    }

    private void expect(String unit, int total) {
        for (String code : new String[] {unit, unit.substring(0, 6), unit.substring(0, 4) + "00", unit.substring(0, 2) + "0000"}) {
            int[] sums = expected.computeIfAbsent(code, c -> new int[4]);
            int[] own = {total, 2, 1, 1};
            for (int i = 0; i < sums.length; i++) {
                sums[i] += own[i];
            }
        }
    }

    /** Waits until they have gone from the inbox. */
    public Map<String, Fate> await(List<String> names, long since, Duration atMost) throws IOException {
        return inbox.await(names, atMost, name -> inbox.isRefused(name, since) ? Fate.REFUSED
                : inbox.lies(".held", name.substring(0, name.lastIndexOf('.')) + "-*", since) ? Fate.HELD : Fate.DONE);
    }

    private String write(String code, LocalDate day, Staff staff, int n) throws IOException {
        String name = code + "_" + day + (n % 3 == 0 ? ".xlsx" : ".csv");
        byte[] bytes = n % 3 == 0 ? workbook(staff)
                : ("\uFEFF" + csv(staff)).getBytes(StandardCharsets.UTF_8);
        if (n % 3 == 2) {
            bytes = csv(staff).getBytes(GB18030);
        }
        inbox.write(name, bytes);
        return name;
    }

    /** A title over all columns, and texts that read as days are days. */
    private static byte[] workbook(Staff staff) throws IOException {
        Xlsx book = new Xlsx();
        book.row(SHEET, "在职人员名册（虚构数据）");
        book.merge(SHEET, staff.rows().get(0).size());
        for (List<String> row : staff.rows()) {
            book.row(SHEET, row.stream().map(c -> c.isEmpty() ? null : DAY.matcher(c).matches() ? LocalDate.parse(c) : c).toArray());
        }
        return book.bytes();
    }

    private static String csv(Staff staff) {
        return staff.rows().stream().map(r -> String.join(",", r)).collect(Collectors.joining("\r\n", "", "\r\n"));
    }
}
