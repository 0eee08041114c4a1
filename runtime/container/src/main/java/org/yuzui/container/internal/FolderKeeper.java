package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.container.PluginSignatures;
import org.yuzui.container.internal.journal.FolderFile;
import org.yuzui.container.internal.journal.Journal;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the drop folder say what is wanted: one jar for each plugin. A jar that was refused stays as it was put there, and a
 * folder that nobody may write to stays as it is. One thread.
 */
final class FolderKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(FolderKeeper.class);

    private final DropFolder folder;
    private final FolderMirror mirror;
    private final Fleet fleet;
    private final Jars jars;
    private final Journal journal;
    private final Unwritten unwritten;
    private boolean told;

    FolderKeeper(DropFolder folder, FolderMirror mirror, Fleet fleet, Jars jars, Journal journal, Unwritten unwritten) {
        this.folder = folder;
        this.mirror = mirror;
        this.fleet = fleet;
        this.jars = jars;
        this.journal = journal;
        this.unwritten = unwritten;
    }

    /** After something was done with a plugin. */
    void tidy(String id) {
        tidy(id, false);
    }

    /** After a plugin was removed: with it goes all that would bring it back. */
    void clear(String id) {
        tidy(id, true);
    }

    private void tidy(String id, boolean refusedToo) {
        LivePlugin now = fleet.find(id);
        List<String> gone = new ArrayList<>();
        List<FolderFile> written = new ArrayList<>();
        try {
            if (now != null) {
                acceptAll(now, written);
            }
            if (now != null && !isThere(now) && mirror.refused(id) == null) {
                written.add(write(now));
            }
            for (FolderFile f : List.copyOf(mirror.known().values())) {
                if (f.plugin().equals(id) && isLeftOver(f, now, refusedToo) && folder.isAsSeen(f.name())) {
                    Files.deleteIfExists(folder.path().resolve(f.name()));
                    Files.deleteIfExists(signatureOf(folder.path().resolve(f.name())));
                    mirror.tookAway(f.name());
                    folder.tookAway(f.name());
                    gone.add(f.name());
                }
            }
        } catch (IOException | ProblemException e) {
            if (!told) {
                told = true;
                LOG.warn("The drop folder {} can't be made to say what runs, which the database says anyway: {}", folder.path(),
                        e.toString());
            }
        }
        if (!gone.isEmpty() || !written.isEmpty()) {
            unwritten.write(() -> journal.folder(written, gone));
        }
    }

    /** What was refused once and runs now was accepted by another door. */
    private void acceptAll(LivePlugin now, List<FolderFile> written) {
        for (FolderFile f : List.copyOf(mirror.known().values())) {
            if (f.refusal() != null && f.sha256().equals(now.wanted().sha256())) {
                FolderFile accepted = new FolderFile(f.name(), f.sha256(), f.plugin(), null);
                mirror.wrote(accepted);
                written.add(accepted);
            }
        }
    }

    /** As last seen: that somebody has just taken the file away is a request, which comes. */
    private boolean isThere(LivePlugin now) {
        return mirror.known().values().stream().anyMatch(f -> f.sha256().equals(now.wanted().sha256()));
    }

    /** What was taken once and isn't wanted any more. */
    private static boolean isLeftOver(FolderFile f, LivePlugin now, boolean refusedToo) {
        return f.refusal() == null ? now == null || !f.sha256().equals(now.wanted().sha256()) : refusedToo;
    }

    private FolderFile write(LivePlugin now) throws IOException {
        StagedJar jar = jars.kept(now.wanted().sha256(), now.wanted().file());
        Path target = folder.path().resolve(freeName(now));
        Path part = folder.path().resolve("." + target.getFileName() + ".part");
        String signature = journal.kept(jar.sha256()).map(Journal.Kept::signature).orElse(null);
        try {
            Files.copy(jar.original(), part, StandardCopyOption.REPLACE_EXISTING);
            if (signature == null) {
                Files.deleteIfExists(signatureOf(target));
            } else {
                Files.writeString(signatureOf(target), signature);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        FolderFile file = new FolderFile(target.getFileName().toString(), jar.sha256(), now.id(), null);
        StagedJar named = jar.named(file.name());
        mirror.wrote(file);
        folder.wrote(named);
        now.has(named);
        return file;
    }

    private static Path signatureOf(Path jar) {
        return jar.resolveSibling(jar.getFileName() + PluginSignatures.SUFFIX);
    }

    /** As its bringer called it, unless that is no name for a jar or another one has it. */
    private String freeName(LivePlugin now) {
        String plain = now.id() + "-" + now.wanted().version();
        return List.of(now.wanted().file(), plain + ".jar", plain + "-" + now.wanted().sha256().substring(0, 8) + ".jar").stream()
                .filter(name -> isFree(name, now.id())).findFirst()
                .orElse(now.id() + "-" + now.wanted().sha256() + ".jar");
    }

    private boolean isFree(String name, String id) {
        if (!name.matches("[^/\\\\\\x00]{1,120}") || !DropFolder.isJar(Path.of(name))) {
            return false;
        }
        FolderFile there = mirror.known().get(name);
        return there != null ? there.plugin().equals(id) && there.refusal() == null
                : !Files.exists(folder.path().resolve(name));
    }
}
