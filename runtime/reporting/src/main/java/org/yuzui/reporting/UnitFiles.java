package org.yuzui.reporting;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.internal.units.DatedUnits;
import org.yuzui.reporting.internal.units.TagTitles;
import org.yuzui.reporting.internal.units.UnitCsv;
import org.yuzui.reporting.internal.units.UnitRow;
import org.yuzui.reporting.internal.units.UnitSheet;
import org.yuzui.reporting.internal.units.UnitTree;
import org.yuzui.reporting.internal.units.UnitTreeCheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The site's unit tree as a person keeps it: all {@code *.csv} of a folder together make one tree, but for {@code tags.csv}. */
public final class UnitFiles {

    /** What tags are called: {@code tag,name,name_en}. */
    private static final String TAGS = "tags.csv";
    private static final Pattern FILE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,60}\\.csv");

    private UnitFiles() {
    }

    /**
     * Reads the files in the order of their names: UTF-8 with or without a byte order mark, a header line
     * {@code code,name,name_en,level,parent} in any order ({@code name_en} may be left out), {@code #} begins a comment.
     * Levels are {@code province, city, county, institution}; the province alone has no parent.
     *
     * @throws UnitFilesException with everything that is wrong in all files, each with its file and line; files are called
     *         by the last two names of their folder ({@code config/org/units.csv:12})
     * @throws ProblemException   {@code unreadable-file} or {@code no-units}
     */
    public static Units load(Path orgDir) {
        return load(orgDir, LocalDate.MAX);
    }

    /**
     * The same with {@code from} and {@code to}, the first and last day of what a line says, and {@code into}, the unit that goes on
     * for one that ended: a unit may stand on several lines whose days don't overlap.
     *
     * @param today of which the tree is meant where nobody asks for another day
     */
    public static Units load(Path orgDir, LocalDate today) {
        String folder = shortName(orgDir);
        return tree(read(orgDir, folder), folder, today);
    }

    /**
     * What a file would change beside the others of the folder.
     *
     * @param file as it is called in the folder, or is to be called: {@code institutions.csv}
     * @throws UnitFilesException everything that is wrong in it and with it; lines of a workbook are its rows
     * @throws ProblemException   {@code bad-file-name}, {@code bad-file} when it is no workbook
     */
    public static UnitImport check(Path orgDir, String file, byte[] bytes, Sheets.Kind kind, LocalDate today) {
        return compare(orgDir, file, csv(file, bytes, kind), today, false);
    }

    /** The same, and puts it into the folder, as CSV; what was there before is kept beside it as {@code <file>.previous}. */
    public static synchronized UnitImport take(Path orgDir, String file, byte[] bytes, Sheets.Kind kind, LocalDate today) {
        byte[] csv = csv(file, bytes, kind);
        UnitImport result = compare(orgDir, file, csv, today, true);
        Path path = orgDir.resolve(file);
        try {
            Path coming = Files.write(orgDir.resolve(file + ".coming"), csv);
            if (Files.exists(path)) {
                Files.move(path, orgDir.resolve(file + ".previous"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(coming, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ProblemException(new Problem("unwritable-file", shortName(orgDir) + "/" + file, "It can't be written: " + e + ".",
                    "Check that this user may write there."), e);
        }
        return result;
    }

    private static byte[] csv(String file, byte[] bytes, Sheets.Kind kind) {
        if (!FILE.matcher(file).matches() || file.equals(TAGS)) {
            throw new ProblemException(new Problem("bad-file-name", "query file", "'" + file + "' can't be a unit file.",
                    "Call it like institutions.csv: letters, digits and hyphens."));
        }
        return kind == Sheets.Kind.XLSX ? UnitSheet.csv(bytes) : bytes;
    }

    private static UnitImport compare(Path orgDir, String file, byte[] csv, LocalDate today, boolean taken) {
        String folder = shortName(orgDir);
        Map<String, byte[]> files = read(orgDir, folder);
        Map<String, Unit> before = units(files, folder, today);
        files.put(file, csv);
        Map<String, Unit> after = tree(files, folder, today).all().stream().collect(Collectors.toMap(Unit::code, Function.identity()));
        return new UnitImport(file, after.size(), taken,
                after.keySet().stream().filter(c -> !before.containsKey(c)).sorted().toList(),
                after.values().stream().filter(u -> before.containsKey(u.code()) && !before.get(u.code()).equals(u)).map(Unit::code)
                        .sorted().toList(),
                before.keySet().stream().filter(c -> !after.containsKey(c)).sorted().toList());
    }

    /** Nothing when the files that are there are not good: then the coming one may mend them. */
    private static Map<String, Unit> units(Map<String, byte[]> files, String folder, LocalDate today) {
        try {
            return tree(files, folder, today).all().stream().collect(Collectors.toMap(Unit::code, Function.identity()));
        } catch (ProblemException e) {
            return Map.of();
        }
    }

    private static Map<String, byte[]> read(Path orgDir, String folder) {
        Map<String, byte[]> files = new TreeMap<>();
        for (Path file : csvFiles(orgDir, folder)) {
            String name = file.getFileName().toString();
            try {
                files.put(name, Files.readAllBytes(file));
            } catch (IOException e) {
                throw unreadable(folder + "/" + name, e);
            }
        }
        return files;
    }

    private static Units tree(Map<String, byte[]> contents, String folder, LocalDate today) {
        List<UnitCsv> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Title> titles = new TreeMap<>();
        contents.forEach((name, bytes) -> {
            if (name.equals(TAGS)) {
                titles.putAll(TagTitles.read(bytes, folder + "/" + name, problems));
            } else {
                files.add(UnitCsv.read(bytes, folder + "/" + name));
            }
        });
        files.forEach(f -> problems.addAll(f.problems()));
        problems.addAll(UnitTreeCheck.check(files));
        if (!problems.isEmpty()) {
            throw new UnitFilesException(problems);
        }
        List<UnitRow> rows = files.stream().flatMap(f -> f.rows().stream()).toList();
        if (rows.isEmpty()) {
            throw new ProblemException(new Problem("no-units", folder, "There is no unit in this folder.",
                    "Put units.csv there, beginning with code,name,name_en,level,parent."));
        }
        return rows.stream().anyMatch(UnitRow::isDated) ? new DatedUnits(rows, folder, today, titles)
                : new UnitTree(rows.stream().map(UnitRow::unit).toList(), folder, titles);
    }

    private static List<Path> csvFiles(Path orgDir, String folder) {
        try (Stream<Path> files = Files.list(orgDir)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".csv")).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static ProblemException unreadable(String name, IOException e) {
        return new ProblemException(new Problem("unreadable-file", name, "It can't be read: " + e + ".",
                "Check that it exists and that this user may read it."), e);
    }

    private static String shortName(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        int names = path.getNameCount();
        return path.subpath(Math.max(0, names - 2), names).toString().replace('\\', '/');
    }
}
