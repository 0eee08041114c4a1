package org.yuzui.reporting;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.internal.units.DatedUnits;
import org.yuzui.reporting.internal.units.UnitCsv;
import org.yuzui.reporting.internal.units.UnitRow;
import org.yuzui.reporting.internal.units.UnitTree;
import org.yuzui.reporting.internal.units.UnitTreeCheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The site's unit tree as a person keeps it: all {@code *.csv} of a folder together make one tree. */
public final class UnitFiles {

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
        List<UnitCsv> files = new ArrayList<>();
        for (Path file : csvFiles(orgDir, folder)) {
            String name = folder + "/" + file.getFileName();
            try {
                files.add(UnitCsv.read(Files.readAllBytes(file), name));
            } catch (IOException e) {
                throw unreadable(name, e);
            }
        }
        List<Problem> problems = new ArrayList<>();
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
        return rows.stream().anyMatch(UnitRow::isDated) ? new DatedUnits(rows, folder, today)
                : new UnitTree(rows.stream().map(UnitRow::unit).toList(), folder);
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
