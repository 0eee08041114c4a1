package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.kie.dmn.validation.DMNValidator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.rules.RuleModel.Finding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found in files that were examined once and are good: checking a model by the standard and analysing its tables takes longer than
 * compiling it, and finds the same at each start. Kept in a folder, a file for each; whatever is wrong with one, the model is examined again.
 */
final class Examinations {

    private static final Logger LOG = LoggerFactory.getLogger(Examinations.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** To be raised when the same file would be examined differently. */
    private static final String HOW = "1 " + DMNValidator.class.getPackage().getImplementationVersion();
    private static final int MOST = 500;

    private final Path folder;

    /** @param folder null when nothing is kept */
    Examinations(Path folder) {
        this.folder = folder;
    }

    /**
     * Of a file without problems.
     *
     * @param remarks what is told about it
     * @param located the same with its table and rows
     */
    record Examination(List<Problem> remarks, List<Finding> located) {
    }

    Optional<Examination> of(HubFile file) {
        if (folder == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(Files.readAllBytes(entry(file)), Examination.class))
                    .filter(e -> e.remarks() != null && e.located() != null);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.debug("What was found in {} can't be read", file.path(), e);
            return Optional.empty();
        }
    }

    void remember(HubFile file, Examination examination) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            forgetOldest();
            Path part = Files.createTempFile(folder, "new", ".part");
            Files.write(part, JSON.writeValueAsBytes(examination));
            Files.move(part, entry(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("What was found in {} is not kept", file.path(), e);
        }
    }

    private void forgetOldest() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> kept = all.sorted(Comparator.comparingLong((Path p) -> p.toFile().lastModified()).reversed()).toList();
            for (Path old : kept.subList(Math.min(MOST, kept.size()), kept.size())) {
                Files.deleteIfExists(old);
            }
        }
    }

    /** Places name the file, so its path belongs to what was found. */
    private Path entry(HubFile file) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((HOW + '\n' + file.path() + '\n').getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(sha.digest(file.bytes())) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
