package org.yuzui.scheduling;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.scheduling.internal.NoticedCalendar;
import org.yuzui.scheduling.internal.HolidayFile;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the State Council's notices, one file a year. */
public final class WorkCalendars {

    private static final Pattern NAME = Pattern.compile("holidays-[0-9]{4}\\.json");

    private WorkCalendars() {
    }

    /**
     * The calendar of a folder's {@code holidays-YYYY.json}. A year without a file, or with a file without days, has not
     * been announced. A folder that doesn't exist knows no year.
     *
     * @throws ProblemException {@code bad-calendar} with file, line and cure
     */
    public static WorkCalendar load(Path folder) {
        List<HolidayFile> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
                for (Path file : found) {
                    files.add(HolidayFile.read(file, requireName(folder, file)));
                }
            } catch (IOException e) {
                throw new ProblemException(new Problem("bad-calendar", folder.toString(),
                        "The folder can't be read: " + e.getMessage(), "Check that this user may read it."), e);
            }
        }
        return NoticedCalendar.of(files, folder);
    }

    /** A calendar that knows no year. */
    public static WorkCalendar none() {
        return NoticedCalendar.of(Set.of(), Path.of("config/calendar"));
    }

    private static String requireName(Path folder, Path file) {
        // config/calendar/holidays-2026.json, wherever the home lies
        Path path = folder.toAbsolutePath().normalize().resolve(file.getFileName());
        String name = path.subpath(Math.max(0, path.getNameCount() - 3), path.getNameCount()).toString();
        if (!NAME.matcher(file.getFileName().toString()).matches()) {
            throw new ProblemException(new Problem("bad-calendar", name, "This is no name of a calendar file.",
                    "Name it holidays-YYYY.json, or move it away."));
        }
        return name;
    }
}
