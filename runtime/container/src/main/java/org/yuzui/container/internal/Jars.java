package org.yuzui.container.internal;

import org.yuzui.container.internal.journal.Journal;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Where a jar is to be had, by its content: staged already, in the drop folder, or in the database. One thread. */
final class Jars {

    private final JarStage stage;
    private final DropFolder folder;
    private final Journal journal;
    private final Fleet fleet;

    Jars(JarStage stage, DropFolder folder, Journal journal, Fleet fleet) {
        this.stage = stage;
        this.folder = folder;
        this.journal = journal;
        this.fleet = fleet;
    }

    /** @throws ProblemException when it isn't sound */
    StagedJar brought(Path file, String name) {
        return stage.stage(file, name);
    }

    /** @throws ProblemException {@code jar-lost} when nobody has it any more */
    StagedJar kept(String sha256, String name) {
        for (LivePlugin p : fleet.all()) {
            if (p.jar() != null && p.jar().sha256().equals(sha256)) {
                return p.jar();
            }
        }
        return folder.find(sha256).orElseGet(() -> fromDatabase(sha256, name));
    }

    private StagedJar fromDatabase(String sha256, String name) {
        Path copy = stage.incoming();
        try {
            if (journal.copyJar(sha256, copy)) {
                StagedJar jar = stage.stage(copy, name);
                if (jar.sha256().equals(sha256)) {
                    return jar;
                }
            }
            throw new ProblemException(new Problem("jar-lost", name, "The database does not have this jar as it was brought "
                    + "(SHA-256 " + sha256 + ").", "Install the jar again."));
        } finally {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException e) {
                copy.toFile().deleteOnExit();
            }
        }
    }

    /** Deletes the copies of jars that are neither in the drop folder nor wanted. */
    void tidy() {
        Set<Path> needed = new HashSet<>();
        folder.sound().forEach(j -> need(j, needed));
        fleet.all().forEach(p -> {
            if (p.jar() != null) {
                need(p.jar(), needed);
            }
            if (p.running() != null) {
                need(p.running().plugin().jar(), needed);
            }
        });
        stage.keepOnly(needed::contains);
    }

    private static void need(StagedJar jar, Set<Path> needed) {
        needed.add(jar.file());
        needed.add(jar.original());
    }
}
