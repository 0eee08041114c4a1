package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.roster.Comparison;
import org.yuzui.plugin.hr.roster.Headings;
import org.yuzui.plugin.hr.roster.Roster;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.plugin.hr.sheet.Sheet;
import org.yuzui.plugin.hr.sheet.SheetFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** A roster that is taken in the middle of which everything stops, and is taken again, leaves what it would have left at once. */
class ComparisonTest {

    @TempDir
    Path folder;
    /** By person, the newest content. */
    private final Map<String, JsonNode> store = new LinkedHashMap<>();

    private Roster roster(String day, List<List<String>> rows) throws IOException {
        Path file = folder.resolve("roster.csv");
        Files.writeString(file, People.csv(rows));
        try (Sheet sheet = SheetFile.open(file, null)) {
            return RosterSheet.read(sheet, new RosterSheet.Terms(new Headings(Map.of()), CodeTables.load(null), null, i -> Optional.empty()), "u",
                    LocalDate.parse(day));
        }
    }

    private Comparison compare(Roster roster, boolean baseline) {
        Comparison comparison = new Comparison(roster, baseline);
        for (Comparison.Part part : comparison.parts(5_000)) {
            comparison.take(store.values().stream().filter(p -> p.path("slice").asText().compareTo(part.from()) >= 0
                    && p.path("slice").asText().compareTo(part.to()) <= 0).toList());
        }
        comparison.end();
        return comparison;
    }

    private static List<ObjectNode> all(java.util.Iterator<List<ObjectNode>> lists) {
        List<ObjectNode> all = new ArrayList<>();
        lists.forEachRemaining(all::addAll);
        return all;
    }

    private void apply(List<ObjectNode> people) {
        people.forEach(p -> store.put(p.path("person").asText(), p));
    }

    private List<List<String>> changed() {
        List<List<String>> rows = People.roster(1, 330);
        for (int n = 1; n <= 300; n += 3) {
            rows.get(n).set(9, "财务科");
        }
        for (int n = 2; n <= 60; n += 3) {
            rows.get(n).set(12, "退休");
        }
        rows.subList(200, 220).clear();
        return rows;
    }

    @Test
    void whereverItStopsTheRestComesToTheSame() throws IOException {
        apply(all(compare(roster("2026-03-31", People.roster(1, 300)), true).people(7)));
        Map<String, JsonNode> before = new LinkedHashMap<>(store);
        Roster next = roster("2026-04-30", changed());
        Comparison whole = compare(next, false);
        Set<ObjectNode> changes = new LinkedHashSet<>(all(whole.changes(7)));
        List<ObjectNode> people = all(whole.people(7));
        apply(people);
        Map<String, JsonNode> after = new LinkedHashMap<>(store);
        assertThat(whole.count(Comparison.JOINED)).isEqualTo(30);
        assertThat(whole.count(Comparison.RETIRED)).isEqualTo(20);
        assertThat(whole.count(Comparison.LEFT)).isEqualTo(20);

        for (int stop = 0; stop <= people.size(); stop += 13) {
            store.clear();
            store.putAll(before);
            apply(people.subList(0, stop)); // the changes are durable before any of the people is
            Comparison again = compare(next, false);
            assertThat(changes).containsAll(all(again.changes(7)));
            List<ObjectNode> rest = all(again.people(7));
            assertThat(people).containsAll(rest);
            assertThat(rest).hasSize(people.size() - stop);
            apply(rest);
            assertThat(store).isEqualTo(after);
        }
        assertThat(compare(next, false).changesNothing()).isTrue();
    }

    @Test
    void thePartsOfAUnitAreAllOfItOnce() {
        for (int people : new int[] {10, 50_000, 150_000}) {
            List<Comparison.Part> parts = Comparison.slices(people);
            assertThat(parts.get(0).from()).isEqualTo("00");
            assertThat(parts.get(parts.size() - 1).to()).isEqualTo("ff");
            for (int i = 1; i < parts.size(); i++) {
                assertThat(Integer.parseInt(parts.get(i).from(), 16)).isEqualTo(Integer.parseInt(parts.get(i - 1).to(), 16) + 1);
            }
        }
    }

    @Test
    void theSameChangesHaveOneFingerprint() throws IOException {
        apply(all(compare(roster("2026-03-31", People.roster(1, 20)), true).people(7)));
        String one = compare(roster("2026-04-30", People.roster(1, 15)), false).fingerprint();
        assertThat(compare(roster("2026-05-01", People.roster(1, 15)), false).fingerprint()).isEqualTo(one);
        assertThat(compare(roster("2026-04-30", People.roster(1, 14)), false).fingerprint()).isNotEqualTo(one);
    }
}
