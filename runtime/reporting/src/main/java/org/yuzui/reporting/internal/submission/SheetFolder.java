package org.yuzui.reporting.internal.submission;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.FolderWatch;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.RefusedSubmission;
import org.yuzui.reporting.Sheets;
import org.yuzui.reporting.Signature;
import org.yuzui.reporting.Submission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder in which filled files are handed in: what is taken goes to {@code .done}, what is refused to {@code .refused} with a
 * text beside it that says why. A file that can't be handed in now, because the database is away, stays and is tried again.
 */
public final class SheetFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SheetFolder.class);
    private static final Signature FOLDER = new Signature(null, "folder");
    private static final long MOST_BYTES = 8 << 20;

    private final Path folder;
    private final Sheets sheets;
    private final FolderWatch watch;

    public SheetFolder(Path folder, Sheets sheets) {
        this.folder = folder;
        this.sheets = sheets;
        this.watch = new FolderWatch(List.of(folder), "yuzui-report-folder", this::look);
    }

    /** Takes what is there, then watches. */
    public void start() {
        look();
        watch.start();
    }

    private synchronized void look() {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> !f.getFileName().toString().startsWith(".") && Files.isRegularFile(f)
                    && Sheets.Kind.of(f.getFileName().toString()).isPresent()).sorted().toList();
        } catch (IOException e) {
            LOG.warn("{} can't be looked into: {}", folder, e.toString());
            return;
        }
        files.forEach(this::handIn);
    }

    private void handIn(Path file) {
        String name = file.getFileName().toString();
        try {
            if (Files.size(file) > MOST_BYTES) {
                refuse(file, "The file is larger than 8 MB.");
                return;
            }
            Submission taken = sheets.handIn(Files.readAllBytes(file), Sheets.Kind.of(name).orElseThrow(), name, FOLDER);
            LOG.info("{} is version {} of {} {} {}", name, taken.version(), taken.form(), taken.period(), taken.unit());
            move(file, ".done");
        } catch (RefusedSubmission e) {
            refuse(file, e.failures().stream().filter(Failure::hard).map(f -> (f.place() == null ? "" : f.place() + " ")
                    + (f.says() == null ? f.message() : f.says().zh() + " / " + f.says().en())).collect(Collectors.joining("\n")));
        } catch (ProblemException e) {
            refuse(file, e.problem().sentence());
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} can't be handed in now and stays: {}", name, e.toString());
        }
    }

    private void refuse(Path file, String why) {
        try {
            Path refused = move(file, ".refused");
            Files.writeString(refused.resolveSibling(refused.getFileName() + ".txt"), why + "\n");
            LOG.warn("{} is refused; {}.txt says why", file.getFileName(), refused);
        } catch (IOException e) {
            LOG.warn("{} is refused and can't be moved away: {}", file.getFileName(), e.toString());
        }
    }

    private Path move(Path file, String into) throws IOException {
        Path target = Files.createDirectories(folder.resolve(into)).resolve(file.getFileName());
        return Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        watch.close();
    }
}
