package org.yuzui.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The province's bureaus with some government buildings, and what becomes of three counties on one day: one is merged into its
 * neighbour, one comes to another city, one gets another name. The buildings of the merged one go with it.
 */
final class YearUnits {

    /** A line of a unit file without its days. */
    record Unit(String code, String name, String level, String parent, String tags) {
    }

    static final String PROVINCE = "510000";

    final Map<String, Unit> before = new TreeMap<>();
    final Map<String, Unit> after = new TreeMap<>();
    final String merged;
    final String into;
    final String moved;
    final String renamed;
    /** The first day on which it is so. */
    final LocalDate change;

    /**
     * @param org       {@code config/org} of the demonstration; is left with these units alone
     * @param buildings how many counties have one that answers the energy survey
     */
    YearUnits(Path org, LocalDate change, int buildings, Random random) throws IOException {
        this.change = change;
        for (String file : List.of("units.csv", "reporting-units.csv")) {
            Files.readAllLines(org.resolve(file)).stream().filter(l -> !l.startsWith("#") && !l.startsWith("code,") && !l.isBlank()).forEach(l -> {
                String[] cells = l.split(",", -1);
                before.put(cells[0], new Unit(cells[0], cells[1], cells[3], cells[4], "bureau"));
            });
        }
        List<String> counties = new ArrayList<>(before.keySet().stream().filter(c -> before.get(c).level.equals("county")).toList());
        java.util.Collections.shuffle(counties, random);
        merged = counties.get(0);
        into = counties.stream().filter(c -> !c.equals(merged) && parent(c).equals(parent(merged))).findFirst().orElseThrow();
        moved = counties.stream().filter(c -> !parent(c).equals(parent(merged))).findFirst().orElseThrow();
        renamed = counties.stream().filter(c -> !Set.of(merged, into, moved).contains(c)).findFirst().orElseThrow();
        Set<String> with = new HashSet<>(List.of(merged, into, moved, renamed));
        counties.stream().limit(Math.max(0, buildings - 4)).forEach(with::add);
        with.forEach(c -> before.put(c + "-G01", new Unit(c + "-G01", "政务中心", "institution", c, "building")));
        String otherCity = before.values().stream().filter(u -> u.level.equals("city") && !u.code.equals(parent(moved))
                && !u.code.equals(parent(merged))).findFirst().orElseThrow().code;
        before.forEach((code, unit) -> {
            String parent = code.equals(moved) ? otherCity : unit.parent.equals(merged) ? into : unit.parent;
            if (!code.equals(merged)) {
                after.put(code, new Unit(code, code.equals(renamed) ? "新名区" : unit.name, unit.level, parent, unit.tags));
            }
        });
    }

    private String parent(String code) {
        return before.get(code).parent;
    }

    /** The units as of a day. */
    Map<String, Unit> on(LocalDate asked) {
        return asked.isBefore(change) ? before : after;
    }

    /** Codes that have a tag on a day. */
    List<String> tagged(LocalDate asked, String tag) {
        return on(asked).values().stream().filter(u -> u.tags.equals(tag)).map(Unit::code).toList();
    }

    /** Who reviews a unit's answers, as of a day, each under the code that it has now. */
    List<String> chain(String unit, LocalDate asked, LocalDate now) {
        List<String> chain = new ArrayList<>();
        for (String at = on(asked).get(unit).parent; !at.isEmpty(); at = on(asked).get(at).parent) {
            chain.add(goesOn(at, now));
        }
        return chain;
    }

    /** The code that a unit goes on in. */
    String goesOn(String code, LocalDate now) {
        return code.equals(merged) && !now.isBefore(change) ? into : code;
    }

    /** Writes the files as somebody would who doesn't know of the change yet, or does. */
    void write(Path org, boolean changed) throws IOException {
        for (String file : List.of("institutions.csv", "finance-units.csv", "kindergartens.csv", "vehicle-platforms.csv", "government-buildings.csv",
                "reporting-units.csv")) {
            Files.deleteIfExists(org.resolve(file));
        }
        Map<String, String> lines = new LinkedHashMap<>();
        before.forEach((code, unit) -> {
            Unit then = after.get(code);
            boolean same = !changed || unit.equals(then);
            lines.put(code, line(unit, "", same ? "" : change.minusDays(1).toString(), changed && then == null ? into : ""));
            if (!same && then != null) {
                lines.put(code + " then", line(then, change.toString(), "", ""));
            }
        });
        Files.writeString(org.resolve("units.csv"), "code,name,level,parent,tags,from,to,into\n" + String.join("", lines.values()));
    }

    private static String line(Unit u, String from, String to, String into) {
        return String.join(",", u.code, u.name, u.level, u.parent, u.tags, from, to, into) + "\n";
    }
}
