package org.yuzui.scheduling.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.GivenPlugin;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.Problem;
import org.yuzui.scheduling.GivenSchedules;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ScheduleChangesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");
    private static final String NIGHTLY = "cron: '0 0 2 * * ?'\n";

    private final ScheduleChanges changes =
            new ScheduleChanges((file, plugin) -> ScheduleFile.read(file, plugin, ZoneId.of("Asia/Shanghai"), NOON));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "cron: '0 0 3 * * ?'                         | fires 0 0 2 * * ? → 0 0 3 * * ?            | yes",
            "every: 6h                                   | fires 0 0 2 * * ? → every 6h               | yes",
            "cron: '0 0 2 * * ?'\\ncalendar: workdays    | days all → workdays                        | yes",
            "cron: '0 0 2 * * ?'\\ncovers: previous-day  | covers same-day → previous-day             | yes",
            "cron: '0 0 2 * * ?'\\nmisfire: skip         | misfire run-once → skip                    | no",
            "cron: '0 0 2 * * ?'\\ntimeout: 1m           | timeout 10m → 1m                           | no",
            "# nightly\\ncron: '0 0 2 * * ?'             | -                                          | no"})
    void whoIsFiredByItNoticesAnotherTime(String yaml, String detail, String noticed) {
        PlannedChange change = changes.between(plugin(yaml.replace("\\n", "\n")), plugin(NIGHTLY)).get(0);
        assertThat(change.action()).isEqualTo(detail == null ? Action.KEEP : Action.CHANGE);
        assertThat(change.details()).isEqualTo(detail == null ? List.of() : List.of(detail));
        assertThat(change.noticed()).isEqualTo(noticed.equals("yes") ? change.details() : List.of());
    }

    @Test
    void comesGoesAndWhatIsWrong() {
        GivenPlugin coming = GivenSchedules.of("p", Map.of("a", NIGHTLY, "b", "cron: never\n"));
        GivenPlugin running = GivenSchedules.of("p", Map.of("b", NIGHTLY, "c", NIGHTLY));
        assertThat(changes.between(coming, running)).extracting(PlannedChange::id, PlannedChange::action).containsExactly(
                tuple("a", Action.ADD), tuple("b", Action.CHANGE), tuple("c", Action.REMOVE));
        assertThat(changes.between(coming, running).get(1).problems()).extracting(Problem::code).containsExactly("bad-cron");
        assertThat(changes.between(null, running)).extracting(PlannedChange::action).containsOnly(Action.REMOVE);
    }

    private static GivenPlugin plugin(String yaml) {
        return GivenSchedules.of("p", "s", yaml);
    }
}
