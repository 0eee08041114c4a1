package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginSignatures;
import org.yuzui.container.internal.journal.FolderFile;
import org.yuzui.container.internal.journal.Journal;
import org.yuzui.container.internal.settings.SettingsDesk;
import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.container.internal.signature.SignaturePolicy;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes what changes in the drop folder for requests. What was seen to its end is remembered in the journal, so that a file
 * counts once: neither a restart nor what the hub itself writes into the folder is a request. One thread.
 */
final class FolderMirror {

    private static final Logger LOG = LoggerFactory.getLogger(FolderMirror.class);
    static final String SUPERSEDED = "superseded";
    /** Nobody waits for an answer there: what is refused is told by the history and the status. */
    static final String DOOR = "drop-folder";
    private static final Comparator<StagedJar> HIGHEST =
            Comparator.comparing(StagedJar::version).reversed().thenComparing(StagedJar::name);

    /**
     * A jar that failed is not tried again until it or its settings change, or its signature or the trusted keys where these
     * were the matter.
     */
    private record Refusal(SettingsFile settings, String credentials, Problem problem) {

        boolean isOutdated(SettingsFile settingsNow, String credentialsNow) {
            return !settings.equals(settingsNow)
                    || SignaturePolicy.isAbout(problem) && !credentials.equals(credentialsNow);
        }
    }

    private final Path folder;
    private final Fleet fleet;
    private final Changes changes;
    private final Deployer deployer;
    private final Journal journal;
    private final Unwritten unwritten;
    private final SettingsDesk desk;
    private final SignaturePolicy signatures;
    private final TreeMap<String, FolderFile> known = new TreeMap<>();
    /** By SHA-256. */
    private final Map<String, Refusal> refusals = new HashMap<>();
    /** By file name: why nothing could be done about it yet. */
    private final Map<String, Problem> waiting = new HashMap<>();
    /** Names of jars that the journal knows already, as they were committed with their installation. */
    private final Set<String> committed = new HashSet<>();
    private Map<String, DropFolder.Seen> jars = Map.of();

    FolderMirror(Path folder, Fleet fleet, Changes changes, Deployer deployer, Journal journal, Unwritten unwritten,
                 SettingsDesk desk, SignaturePolicy signatures) {
        this.folder = folder;
        this.fleet = fleet;
        this.changes = changes;
        this.deployer = deployer;
        this.journal = journal;
        this.unwritten = unwritten;
        this.desk = desk;
        this.signatures = signatures;
    }

    /**
     * Takes up what was seen before the hub ended; what was refused then and replaces nothing is tried again.
     *
     * @param isEmpty whether no jar at all lies in the folder now: where several did, the folder was lost, and nobody means
     *                to remove them all
     */
    void remember(Collection<FolderFile> files, boolean isEmpty) {
        if (isEmpty && files.size() > 1) {
            LOG.warn("The drop folder {} is empty where {} jars were; it is filled from the database", folder, files.size());
            unwritten.write(() -> journal.folder(List.of(), files.stream().map(FolderFile::name).toList()));
            return;
        }
        for (FolderFile f : files) {
            LivePlugin now = fleet.find(f.plugin());
            if (f.refusal() == null || now != null) {
                known.put(f.name(), f);
            }
            if (f.refusal() != null && now != null) {
                refusals.put(f.sha256(), new Refusal(settings(f.plugin()), credentials(f.name()), f.refusal()));
            }
        }
    }

    Map<String, FolderFile> known() {
        return known;
    }

    Map<String, DropFolder.Seen> jars() {
        return jars;
    }

    /** @param now all jars by name, as they lie in the folder */
    void align(Map<String, DropFolder.Seen> now) {
        jars = now;
        waiting.clear();
        List<FolderFile> gone = known.values().stream().filter(f -> !now.containsKey(f.name())).toList();
        Map<String, List<StagedJar>> asking = new TreeMap<>();
        sound().filter(this::isNews).forEach(j -> asking.computeIfAbsent(j.id(), id -> new ArrayList<>()).add(j));
        TreeSet<String> ids = new TreeSet<>(asking.keySet());
        gone.forEach(f -> ids.add(f.plugin()));
        for (String id : ids) {
            if (!deployer.isStopping()) {
                settle(id, asking.getOrDefault(id, List.of()), gone.stream().filter(f -> f.plugin().equals(id)).toList());
            }
        }
        refusals.keySet().retainAll(sound().map(StagedJar::sha256).collect(Collectors.toSet()));
    }

    private Stream<StagedJar> sound() {
        return jars.values().stream().flatMap(s -> s instanceof DropFolder.Sound f ? Stream.of(f.jar())
                : Stream.empty());
    }

    private boolean isNews(StagedJar jar) {
        FolderFile before = known.get(jar.name());
        if (before == null || !before.sha256().equals(jar.sha256())) {
            return true;
        }
        Refusal refusal = refusals.get(jar.sha256());
        return before.refusal() != null && refusal != null
                && refusal.isOutdated(settings(jar.id()), credentials(jar.name()));
    }

    private SettingsFile settings(String id) {
        try {
            return desk.read(id);
        } catch (ProblemException e) {
            return new SettingsFile(id, null);
        }
    }

    private void settle(String id, List<StagedJar> asking, List<FolderFile> gone) {
        LivePlugin now = fleet.find(id);
        List<FolderFile> touched = new ArrayList<>(gone);
        asking.forEach(j -> {
            if (known.containsKey(j.name())) {
                touched.add(known.get(j.name()));
            }
        });
        boolean there = now != null && sound().anyMatch(now::isOf);
        boolean taken = now != null && !there && touched.stream().anyMatch(f -> f.sha256().equals(now.wanted().sha256()));
        committed.clear();
        List<FolderFile> seen = new ArrayList<>();
        List<StagedJar> candidates = new ArrayList<>();
        for (StagedJar jar : asking) {
            if (now != null && now.isOf(jar)) {
                now.has(jar);
                seen.add(new FolderFile(jar.name(), jar.sha256(), id, null));
            } else {
                candidates.add(jar);
            }
        }
        if (taken) {
            sound().filter(j -> j.id().equals(id) && isSuperseded(j) && !candidates.contains(j)).forEach(candidates::add);
        }
        candidates.sort(HIGHEST);
        if (!candidates.isEmpty()) {
            seen.addAll(take(candidates, now, there || !taken));
        } else if (taken && !gone.isEmpty() && !remove(now, gone.get(0))) {
            return; // asked for again
        }
        if (deployer.isStopping()) {
            return; // what was given up because the hub stops is asked for again by the next one
        }
        gone.forEach(f -> known.remove(f.name()));
        seen.forEach(f -> known.put(f.name(), f));
        List<FolderFile> open = seen.stream().filter(f -> !committed.contains(f.name())).toList();
        if (!open.isEmpty() || !gone.isEmpty()) {
            List<String> names = gone.stream().map(FolderFile::name).toList();
            unwritten.write(() -> journal.folder(open, names));
        }
    }

    private boolean isSuperseded(StagedJar jar) {
        FolderFile f = known.get(jar.name());
        return f != null && f.refusal() != null && f.refusal().code().equals(SUPERSEDED);
    }

    /**
     * Makes the best of them the one that runs.
     *
     * @param candidates the highest version first
     * @param onlyHigher whether the wanted version still has its file, or never had one: nothing lower takes its place
     * @return what became of each
     */
    private List<FolderFile> take(List<StagedJar> candidates, LivePlugin now, boolean onlyHigher) {
        List<FolderFile> seen = new ArrayList<>();
        String first = null;
        for (StagedJar jar : candidates) {
            Problem problem;
            if (first == null && now != null && onlyHigher && jar.version().compareTo(PluginVersion.of(now.wanted().version())) < 0) {
                first = "The hub has version " + now.wanted().version();
            }
            if (first != null) {
                problem = superseded(jar, first);
            } else {
                problem = install(jar);
                first = problem == null ? jar.name() + " brings version " + jar.versionText() : null;
            }
            if (problem != null && problem.code().equals(Journal.UNAVAILABLE)) {
                waiting.put(jar.name(), problem);
                break; // asked for again when the database is back
            }
            seen.add(new FolderFile(jar.name(), jar.sha256(), jar.id(), problem));
        }
        return seen;
    }

    private static Problem superseded(StagedJar jar, String first) {
        return new Problem(SUPERSEDED, jar.name(), first + " of the plugin '" + jar.id() + "', which goes before this one, "
                + jar.versionText() + ".", "Remove the file; or, to have this version run: yuzui plugin install plugins/"
                + jar.name() + ".");
    }

    /** Why it was not taken; null when it runs. */
    private Problem install(StagedJar jar) {
        SettingsFile settings = settings(jar.id());
        String credentials = credentials(jar.name());
        FolderFile file = new FolderFile(jar.name(), jar.sha256(), jar.id(), null);
        try {
            deployer.carryOut(changes.install(jar, signature(jar), file), mandate(folder.resolve(jar.name())));
            refusals.remove(jar.sha256());
            committed.add(jar.name());
            return null;
        } catch (ProblemException e) {
            if (!e.problem().code().equals(Journal.UNAVAILABLE)) {
                refusals.put(jar.sha256(), new Refusal(settings, credentials, e.problem()));
            }
            return e.problem();
        }
    }

    /** The text of {@code <jar>.sig}; null when there is none. */
    String signature(StagedJar jar) {
        return PluginSignatures.detached(folder.resolve(jar.name()));
    }

    /** All but the jar itself that its signature is judged by. */
    private String credentials(String name) {
        try {
            return PluginSignatures.detached(folder.resolve(name)) + signatures.keysAsSeen();
        } catch (ProblemException e) {
            return e.problem().message();
        }
    }

    /** Whether it is through; if not, it is asked for again. */
    private boolean remove(LivePlugin now, FolderFile file) {
        try {
            deployer.carryOut(changes.remove(now), Mandate.of(DOOR, DOOR));
            return true;
        } catch (ProblemException e) {
            LOG.warn("{} was taken away, but the plugin {} stays: {}", file.name(), now.id(), e.problem().sentence());
            waiting.put(file.name(), e.problem());
            return !e.problem().code().equals(Journal.UNAVAILABLE);
        }
    }

    /** Whether something waits for the database. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    Problem waiting(String name) {
        return waiting.get(name);
    }

    /** Whoever owns the file. */
    private static Mandate mandate(Path file) {
        try {
            return Mandate.of(Files.getOwner(file).getName(), DOOR);
        } catch (IOException | UnsupportedOperationException e) {
            return Mandate.of(DOOR, DOOR);
        }
    }

    /** The file of a jar that somebody may start anyhow; null when there is none. */
    StagedJar refused(String id) {
        return sound().filter(j -> j.id().equals(id) && known.containsKey(j.name()) && known.get(j.name()).refusal() != null)
                .min(HIGHEST).orElse(null);
    }

    /** Every plugin that something in the folder brings. */
    List<String> ids() {
        return sound().map(StagedJar::id).distinct().toList();
    }

    /** Plugins that are not wanted, but of which the folder still has a jar that was taken once. */
    List<String> orphans() {
        return known.values().stream().filter(f -> f.refusal() == null && fleet.find(f.plugin()) == null)
                .map(FolderFile::plugin).distinct().toList();
    }

    /** A file that the hub itself wrote. */
    void wrote(FolderFile file) {
        known.put(file.name(), file);
    }

    void tookAway(String name) {
        known.remove(name);
    }
}
