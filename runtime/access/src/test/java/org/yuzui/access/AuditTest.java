package org.yuzui.access;

import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.SettableClock;
import org.yuzui.store.SharedStore;
import org.yuzui.store.Store;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The audit can't be emptied, so each test has names of its own. */
class AuditTest {

    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

    private final Principal li = Principal.withAll("li-" + UUID.randomUUID());
    private final Principal wang = Principal.withAll("wang-" + UUID.randomUUID());
    private final SettableClock clock = new SettableClock(NOON, ZoneId.of("Asia/Shanghai"));
    private final Store store = SharedStore.get();
    private Audit audit;

    @BeforeEach
    void open() {
        audit = Audit.in(store, clock);
    }

    @Test
    void tells_who_did_what_to_which_and_why() {
        Map<String, String> details = new HashMap<>(Map.of("from", "10.1.2.3"));
        details.put("refused", null);
        audit.record(li, "record-mend", "f1", "字符集不对", details);

        AuditEntry entry = by(li).get(0);
        assertThat(entry.number()).isPositive();
        assertThat(entry).usingRecursiveComparison().ignoringFields("number")
                .isEqualTo(new AuditEntry(0, NOON, li.name(), "record-mend", "f1", "字符集不对", Map.of("from", "10.1.2.3")));
    }

    @Test
    void finds_with_an_object_what_belongs_to_it() {
        for (String object : List.of("f1", "f1/2", "f10", "f1/3/x")) {
            audit.record(li, "payload-unmask", object, "looking", Map.of());
        }

        assertThat(audit.find(new AuditQuery(null, "f1", li.name(), null, null, null, 10)).entries()).extracting(AuditEntry::object)
                .containsExactly("f1/3/x", "f1/2", "f1");
    }

    @Test
    void finds_by_who_act_object_and_time_the_newest_first() {
        audit.record(li, "plugin-stop", "his", null, Map.of());
        clock.set(NOON.plus(Duration.ofHours(1)));
        audit.record(wang, "plugin-stop", "his", null, Map.of());
        audit.record(wang, "plugin-start", "finance", null, Map.of());

        assertThat(by(li)).extracting(AuditEntry::act).containsExactly("plugin-stop");
        assertThat(by(wang)).extracting(AuditEntry::act).containsExactly("plugin-start", "plugin-stop");
        assertThat(audit.find(new AuditQuery("plugin-start", null, wang.name(), null, null, null, 10)).entries()).hasSize(1);
        assertThat(audit.find(new AuditQuery(null, "finance", wang.name(), null, null, null, 10)).entries()).hasSize(1);
        assertThat(audit.find(new AuditQuery(null, null, li.name(), NOON.plusSeconds(1), null, null, 10)).entries()).isEmpty();
        assertThat(audit.find(new AuditQuery(null, null, li.name(), null, NOON, null, 10)).entries()).isEmpty();
        assertThat(audit.find(new AuditQuery(null, null, li.name(), NOON, NOON.plusSeconds(1), null, 10)).entries()).hasSize(1);
    }

    @Test
    void long_lists_come_in_pages_that_what_is_added_meanwhile_does_not_move() {
        for (int i = 0; i < 5; i++) {
            audit.record(li, "replay-start", "r" + i, null, Map.of());
        }
        AuditPage first = page(null);
        audit.record(li, "replay-start", "r5", null, Map.of());
        AuditPage second = page(first.next());
        AuditPage third = page(second.next());

        assertThat(first.entries()).extracting(AuditEntry::object).containsExactly("r4", "r3");
        assertThat(second.entries()).extracting(AuditEntry::object).containsExactly("r2", "r1");
        assertThat(third.entries()).extracting(AuditEntry::object).containsExactly("r0");
        assertThat(third.next()).isNull();
    }

    @Test
    void a_cursor_of_somebodys_own_making_is_refused() {
        assertThatThrownBy(() -> page("yesterday")).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().code()).isEqualTo("bad-cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE access.audit SET who = 'nobody'", "DELETE FROM access.audit", "TRUNCATE access.audit"})
    void nothing_that_was_written_can_be_changed_or_taken_away(String sql) {
        audit.record(li, "plugin-remove", "his", null, Map.of());

        assertThatThrownBy(() -> store.jdbi().useHandle(h -> h.execute(sql)))
                .isInstanceOf(UnableToExecuteStatementException.class).hasMessageContaining("only grows");
        assertThat(by(li)).hasSize(1);
    }

    @Test
    void a_character_that_no_database_takes_does_not_keep_an_act_out_of_the_audit() {
        audit.record(li, "record-mend", "f\0", "be\0cause", Map.of("x", "a\0b"));

        assertThat(by(li)).singleElement().satisfies(e -> {
            assertThat(e.reason()).isEqualTo("because");
            assertThat(e.details()).containsEntry("x", "ab");
        });
    }

    private List<AuditEntry> by(Principal who) {
        return audit.find(new AuditQuery(null, null, who.name(), null, null, null, 50)).entries();
    }

    private AuditPage page(String cursor) {
        return audit.find(new AuditQuery(null, null, li.name(), null, null, cursor, 2));
    }
}
