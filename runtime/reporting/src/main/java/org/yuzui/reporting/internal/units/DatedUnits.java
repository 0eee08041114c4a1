package org.yuzui.reporting.internal.units;

import org.yuzui.kernel.Title;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One tree for each stretch of time; by itself it is today's. */
public final class DatedUnits implements Units {

    private final TreeMap<LocalDate, UnitTree> trees = new TreeMap<>();
    private final UnitTree now;

    /**
     * @param rows   checked by {@link UnitTreeCheck}
     * @param folder where they are kept, for messages
     * @param titles of tags
     */
    public DatedUnits(List<UnitRow> rows, String folder, LocalDate today, Map<String, Title> titles) {
        Map<String, String> successors = UnitDates.successors(rows);
        for (LocalDate day : UnitDates.changes(rows)) {
            List<Unit> units = rows.stream().filter(r -> r.isOn(day)).map(UnitRow::unit).toList();
            if (units.stream().anyMatch(u -> u.parent() == null)) {
                trees.put(day, new UnitTree(units, folder, titles, successors));
            }
        }
        this.now = tree(today);
    }

    private UnitTree tree(LocalDate day) {
        Map.Entry<LocalDate, UnitTree> entry = trees.floorEntry(day);
        return entry == null ? trees.firstEntry().getValue() : entry.getValue();
    }

    @Override
    public Units on(LocalDate day) {
        return tree(day);
    }

    @Override
    public boolean everHad(String code) {
        return trees.values().stream().anyMatch(tree -> tree.find(code).isPresent());
    }

    @Override
    public String successor(String code) {
        return now.successor(code);
    }

    @Override
    public Optional<Unit> find(String code) {
        return now.find(code);
    }

    @Override
    public Unit root() {
        return now.root();
    }

    @Override
    public List<Unit> children(String code) {
        return now.children(code);
    }

    @Override
    public Set<String> subtree(String code) {
        return now.subtree(code);
    }

    @Override
    public List<Unit> all() {
        return now.all();
    }

    @Override
    public Optional<Title> title(String tag) {
        return now.title(tag);
    }

    @Override
    public String cure(String unknownCode) {
        String today = successor(unknownCode);
        return today.equals(unknownCode) ? now.cure(unknownCode) : "It goes on as '" + today + "'.";
    }
}
