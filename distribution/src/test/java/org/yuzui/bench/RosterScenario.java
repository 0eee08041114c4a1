package org.yuzui.bench;

import org.yuzui.launcher.demo.Inbox;
import org.yuzui.launcher.demo.Xlsx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of rosters a second, from a file renamed into the inbox of the packaged hub until the roster is accepted, that is, until all
 * that it tells is durable and the file is moved: a unit's first roster as CSV and as XLSX, and the next month's, compared with the
 * first. The inbox is looked into once a second, and a file must have lain still for another.
 */
final class RosterScenario implements Scenario {

    private static final int PEOPLE = 50_000;
    private static final int PEOPLE_QUICK = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final LocalDate FIRST = LocalDate.of(2026, 9, 30);
    private static final LocalDate NEXT = LocalDate.of(2026, 10, 31);
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final List<String> HEADINGS = List.of("工号", "姓名", "身份证号", "民族", "政治面貌", "学历", "人员类别", "编制类型", "部门", "职务",
            "进入本单位日期", "状态");

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        int people = setting.count(PEOPLE, PEOPLE_QUICK);
        try (PackagedHub hub = PackagedHub.create(setting, "hr")) {
            hub.start();
            take(hub, "wuhou_" + FIRST + ".csv", csv(rows(0, people / 10, 0))); // to warm up
            hub.awaitDrained(PATIENCE);
            results.add(measure(hub, "a first roster, CSV", "jinjiang_" + FIRST + ".csv", csv(rows(0, people, 0)), people));
            results.add(measure(hub, "a first roster, XLSX", "qingyang_" + FIRST + ".xlsx",
                    xlsx(rows(0, people, 0)), people));
            int gone = people / 50;
            results.add(measure(hub, "the next month's, CSV: 2 % left, 2 % joined, 5 % moved", "jinjiang_" + NEXT + ".csv",
                    csv(rows(gone, people + gone, people / 20)), people));
        }
    }

    private static Figure measure(PackagedHub hub, String what, String name, byte[] bytes, int people) throws Exception {
        Cost cost = Cost.of(hub);
        double seconds = take(hub, name, bytes);
        double drain = hub.awaitDrained(PATIENCE);
        Figure figure = Figure.of("hr", what + ", " + people + " people, until accepted", people / seconds, "rows/s")
                .note("MB/s", bytes.length / 1e6 / seconds).note("seconds until accepted", seconds)
                .note("through to the store and the last hop rows/s", people / (seconds + drain));
        return cost.on(figure, people, "row");
    }

    /** Seconds until it is accepted. */
    private static double take(PackagedHub hub, String name, byte[] bytes) throws Exception {
        Inbox inbox = new Inbox(hub.home().resolve("in/hr"));
        long since = Clock.systemUTC().millis();
        long began = System.nanoTime();
        inbox.write(name, bytes);
        Waiting.until(name + " is accepted", PATIENCE, Duration.ofMillis(50), () -> {
            if (inbox.isRefused(name, since)) {
                Path report = inbox.folder().resolve(".refused").resolve(name + ".report.txt");
                throw new IllegalStateException(Files.exists(report) ? Files.readString(report) : name + " is refused");
            }
            if (inbox.lies(".held", name.replaceFirst("_.*", "") + "*", since)) {
                throw new IllegalStateException(name + " is held");
            }
            return Files.exists(inbox.folder().resolve(".done").resolve(name));
        });
        return (System.nanoTime() - began) / 1e9;
    }

    private static byte[] csv(List<List<String>> rows) {
        return rows.stream().map(r -> String.join(",", r)).collect(Collectors.joining("\r\n", "", "\r\n")).getBytes(StandardCharsets.UTF_8);
    }

    /** People of these numbers, invented; every other one of the first in another department, until so many are. */
    private static byte[] xlsx(List<List<String>> rows) throws IOException {
        Xlsx book = new Xlsx();
        rows.forEach(row -> book.row("名册", row.toArray()));
        return book.bytes();
    }

    private static List<List<String>> rows(int from, int to, int moved) {
        List<List<String>> rows = new ArrayList<>(to - from + 1);
        rows.add(HEADINGS);
        for (int n = from; n < to; n++) {
            boolean elsewhere = n % 2 == 0 && n < from + 2 * moved;
            rows.add(List.of("%06d".formatted(n), "示例" + n + "号", idNumber(n), "汉族", "群众", "本科", "公务员", "行政编制",
                    elsewhere ? "财务科" : "办公室", "科员", "2020-03-02", "在职"));
        }
        return rows;
    }

    /** With a right check digit, of a division that there isn't: nobody has it. */
    private static String idNumber(int n) {
        String body = "990000" + LocalDate.of(1970, 1, 1).plusDays(n / 999).toString().replace("-", "") + "%03d".formatted(n % 999 + 1);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }
}
