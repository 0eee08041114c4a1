package org.yuzui.reporting.internal.review;

import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.Outlook.Expectation;
import org.yuzui.reporting.Outlook.Reason;
import org.yuzui.reporting.Outlook.Risk;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Unit;
import org.yuzui.scheduling.WorkCalendar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Whether a unit will probably miss its deadline: points for each sign that it will, taken off for signs that it won't. */
public final class Prospects {

    private static final int HIGH = 60;
    private static final int MEDIUM = 30;
    private static final Duration SILENT = Duration.ofDays(30);
    private static final int FEW = 3;

    private final WorkCalendar calendar;
    private final Clock clock;

    /** @param clock in the hub's zone */
    public Prospects(WorkCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    /** @param past of its last periods, the earliest first */
    Expectation of(Unit unit, Standing standing, List<Standing> past, Signs.Seen seen) {
        Points points = new Points();
        int late = (int) past.stream().filter(Standing::late).count();
        if (past.isEmpty()) {
            points.add(10, "no-history", "没有历史记录", "Nothing is known of it yet");
        } else if (late > 0) {
            points.add(40 * late / past.size(), "often-late", "最近 " + past.size() + " 期中 " + late + " 期迟报或未报",
                    "Late or missing in " + late + " of its last " + past.size() + " periods");
        }
        if (!past.isEmpty() && past.get(past.size() - 1).late()) {
            points.add(15, "late-last-time", "上期迟报或未报", "Late or missing the last time");
        }
        BigDecimal filled = filled(standing, seen);
        draft(points, filled);
        Instant last = seen.last().get(unit.code());
        Instant now = clock.instant();
        if (last == null || Duration.between(last, now).compareTo(SILENT) > 0) {
            points.add(20, "silent", last == null ? "从未有任何动静" : "超过 30 天没有任何动静",
                    last == null ? "Nothing ever came from it" : "Nothing came from it for more than 30 days");
        }
        int days = workdaysLeft(standing.due().at());
        if (days < FEW && (filled == null || filled.compareTo(BigDecimal.ONE) < 0)) {
            points.add(new int[] {30, 20, 10}[days], "deadline-near", days == 0 ? "今天截止" : "还剩 " + days + " 个工作日",
                    days == 0 ? "Due today" : days + (days == 1 ? " working day left" : " working days left"));
        }
        int sum = Math.max(0, Math.min(100, points.sum));
        return new Expectation(unit, sum >= HIGH ? Risk.HIGH : sum >= MEDIUM ? Risk.MEDIUM : Risk.LOW, sum, points.why, standing.due(),
                late, past.size(), filled, last);
    }

    private static final class Points {
        private final List<Reason> why = new ArrayList<>();
        private int sum;

        void add(int points, String code, String zh, String en) {
            sum += points;
            why.add(new Reason(code, new Title(zh, en)));
        }
    }

    private static void draft(Points points, BigDecimal filled) {
        if (filled == null) {
            points.add(20, "no-draft", "尚未开始填写", "Nothing is typed in yet");
        } else if (filled.compareTo(BigDecimal.ONE) < 0) {
            String percent = filled.movePointRight(2).setScale(0, RoundingMode.DOWN).toPlainString();
            points.add(10, "draft-incomplete", "草稿填写了 " + percent + " %", percent + " % of the draft is filled in");
        } else {
            points.add(-20, "draft-complete", "草稿已填完", "The draft is complete");
        }
    }

    /** Null without a draft. */
    private static BigDecimal filled(Standing standing, Signs.Seen seen) {
        Integer filled = seen.filled().get(standing.unit());
        if (filled == null) {
            return null;
        }
        return seen.asked() == 0 ? BigDecimal.ONE
                : BigDecimal.valueOf(filled).divide(BigDecimal.valueOf(seen.asked()), 4, RoundingMode.DOWN);
    }

    /** How many working days there are after today until the deadline's, at most {@link #FEW}; days where nobody knows. */
    private int workdaysLeft(Instant due) {
        LocalDate day = due.atZone(clock.getZone()).toLocalDate();
        LocalDate today = LocalDate.now(clock);
        for (int n = 0; n < FEW; n++) {
            LocalDate next;
            try {
                next = calendar.plusWorkdays(today, n + 1);
            } catch (ProblemException e) { // of a year that nobody knows the working days of
                next = today.plusDays(n + 1L);
            }
            if (next.isAfter(day)) {
                return n;
            }
        }
        return FEW;
    }
}
