package org.yuzui.reporting.internal.units;

import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A checked tree in memory. */
public final class UnitTree implements Units {

    private final Map<String, Unit> byCode = new LinkedHashMap<>();
    private final Map<String, List<Unit>> children = new HashMap<>();
    private final Unit root;
    private final String folder;
    private final Map<String, Title> titles;
    private final Map<String, String> successors;

    /** One whose tags have no titles. */
    public UnitTree(List<Unit> units, String folder) {
        this(units, folder, Map.of());
    }

    /**
     * @param units  one tree, in any order, checked by {@link UnitTreeCheck}
     * @param folder where they are kept, for messages
     * @param titles of tags
     */
    public UnitTree(List<Unit> units, String folder, Map<String, Title> titles) {
        this(units, folder, titles, Map.of());
    }

    /** @param successors of units that may not be in this tree, the code that each goes on in */
    UnitTree(List<Unit> units, String folder, Map<String, Title> titles, Map<String, String> successors) {
        this.folder = folder;
        this.titles = Map.copyOf(titles);
        this.successors = successors;
        this.root = units.stream().filter(u -> u.parent() == null).findFirst().orElseThrow();
        units.stream().filter(u -> u.parent() != null).sorted(Comparator.comparing(Unit::code))
                .forEach(u -> children.computeIfAbsent(u.parent(), p -> new ArrayList<>()).add(u));
        children.replaceAll((code, below) -> List.copyOf(below));
        add(root);
    }

    private void add(Unit unit) {
        byCode.put(unit.code(), unit);
        children(unit.code()).forEach(this::add);
    }

    @Override
    public Optional<Unit> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    @Override
    public Unit root() {
        return root;
    }

    @Override
    public List<Unit> children(String code) {
        return children.getOrDefault(code, List.of());
    }

    @Override
    public Set<String> subtree(String code) {
        Set<String> codes = new LinkedHashSet<>();
        if (byCode.containsKey(code)) {
            collect(code, codes);
        }
        return Collections.unmodifiableSet(codes);
    }

    private void collect(String code, Set<String> into) {
        into.add(code);
        children(code).forEach(u -> collect(u.code(), into));
    }

    @Override
    public List<Unit> all() {
        return List.copyOf(byCode.values());
    }

    @Override
    public String successor(String code) {
        Set<String> seen = new HashSet<>();
        String at = code;
        while (!byCode.containsKey(at) && successors.containsKey(at) && seen.add(at)) {
            at = successors.get(at);
        }
        return at;
    }

    @Override
    public Optional<Title> title(String tag) {
        return Optional.ofNullable(titles.get(tag));
    }

    @Override
    public String cure(String unknownCode) {
        return byCode.values().stream()
                .filter(u -> unknownCode.equals(u.name()) || unknownCode.equalsIgnoreCase(u.nameEn())).findFirst()
                .map(Unit::code)
                .or(() -> KnownKeys.nearest(unknownCode, byCode.keySet()))
                .map(c -> "Did you mean '" + c + "' (" + byCode.get(c).name() + ")?")
                .orElse("The units are kept in " + folder + ".");
    }
}
