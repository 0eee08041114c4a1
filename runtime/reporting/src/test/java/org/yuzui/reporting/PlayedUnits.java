package org.yuzui.reporting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A small province whose units are merged, moved, renamed and founded: lines of a unit file, and what plainly follows from them. */
final class PlayedUnits {

    private record Line(String code, String name, String level, String parent, LocalDate from, LocalDate to, String into) {

        boolean isOn(LocalDate day) {
            return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
        }

        Line until(LocalDate last, String successor) {
            return new Line(code, name, level, parent, from, last, successor);
        }

        String csv() {
            return String.join(",", code, name, level, parent, from == null ? "" : from.toString(), to == null ? "" : to.toString(), into) + "\n";
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private int founded;

    /** Three cities, nine counties, two institutions in each of them and one in each city. */
    PlayedUnits() {
        lines.add(new Line("P", "省", "province", "", null, null, ""));
        for (int city = 1; city <= 3; city++) {
            lines.add(new Line("C" + city, "市" + city, "city", "P", null, null, ""));
            lines.add(new Line("C" + city + "-0", "直属", "institution", "C" + city, null, null, ""));
            for (int county = 1; county <= 3; county++) {
                String code = "C" + city + county;
                lines.add(new Line(code, "县", "county", "C" + city, null, null, ""));
                lines.add(new Line(code + "-1", "一", "institution", code, null, null, ""));
                lines.add(new Line(code + "-2", "二", "institution", code, null, null, ""));
            }
        }
    }

    /** Below whom each is on a day; the province is below "". */
    Map<String, String> on(LocalDate day) {
        Map<String, String> parents = new TreeMap<>();
        lines.stream().filter(l -> l.isOn(day)).forEach(l -> parents.put(l.code, l.parent));
        return parents;
    }

    /** Codes of a level on a day, sorted. */
    List<String> on(LocalDate day, String level) {
        return lines.stream().filter(l -> l.isOn(day) && l.level.equals(level)).map(Line::code).sorted().toList();
    }

    /** Under which of these codes a unit goes on: its own, or of the one that took it in. */
    String goesOn(String code, Set<String> there) {
        Set<String> seen = new HashSet<>();
        String at = code;
        while (!there.contains(at) && seen.add(at)) {
            String last = at;
            at = lines.stream().filter(l -> l.code.equals(last) && !l.into.isEmpty()).map(Line::into).findFirst().orElse(last);
        }
        return at;
    }

    /** Takes in another one of its level, with all that is below that; nothing where it can't be. */
    boolean merge(String code, String into, LocalDate day) {
        if (code.equals(into) || !changes(code, day) || !lives(into, day)) {
            return false;
        }
        List<String> below = on(day).entrySet().stream().filter(e -> e.getValue().equals(code)).map(Map.Entry::getKey).toList();
        if (!below.stream().allMatch(b -> changes(b, day))) {
            return false;
        }
        below.forEach(b -> move(b, into, day));
        lines.replaceAll(l -> l.code.equals(code) && l.isOn(day) ? l.until(day.minusDays(1), into) : l);
        return true;
    }

    boolean move(String code, String parent, LocalDate day) {
        return lives(parent, day) && replace(code, day, null, parent);
    }

    boolean rename(String code, String name, LocalDate day) {
        return replace(code, day, name, null);
    }

    boolean found(String parent, LocalDate day) {
        if (!lives(parent, day)) {
            return false;
        }
        lines.add(new Line("N" + ++founded, "新", "institution", parent, day, null, ""));
        return true;
    }

    private boolean replace(String code, LocalDate day, String name, String parent) {
        if (!changes(code, day)) {
            return false;
        }
        Line old = lines.stream().filter(l -> l.code.equals(code) && l.isOn(day)).findFirst().orElseThrow();
        lines.remove(old);
        lines.add(old.until(day.minusDays(1), ""));
        lines.add(new Line(code, name == null ? old.name : name, old.level, parent == null ? old.parent : parent, day, null, ""));
        return true;
    }

    /** Whether it is there on the day before and the day, and nothing of it or of those below begins or ends later. */
    private boolean changes(String code, LocalDate day) {
        return lives(code, day) && lines.stream().anyMatch(l -> l.code.equals(code) && l.isOn(day.minusDays(1)))
                && lines.stream().filter(l -> l.parent.equals(code)).noneMatch(l -> l.from != null && !l.from.isBefore(day));
    }

    /** Whether it is there from a day on for good. */
    private boolean lives(String code, LocalDate day) {
        return lines.stream().anyMatch(l -> l.code.equals(code) && l.isOn(day) && l.to == null);
    }

    /** As a hub reads them that starts on a day. */
    Units load(Path folder, LocalDate today) {
        StringBuilder text = new StringBuilder("code,name,level,parent,from,to,into\n");
        lines.forEach(l -> text.append(l.csv()));
        try {
            Files.writeString(Files.createDirectories(folder).resolve("units.csv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return UnitFiles.load(folder, today);
    }
}
