package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.container.ContainerSettings;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginEvent;
import org.yuzui.container.PluginPlan;
import org.yuzui.container.PluginRequest;
import org.yuzui.container.PluginSettings;
import org.yuzui.container.internal.journal.Journal;
import org.yuzui.container.internal.plan.PlanMaker;
import org.yuzui.container.internal.settings.FileSettingsDesk;
import org.yuzui.container.internal.settings.SettingsDesk;
import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.container.internal.signature.SignaturePolicy;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** All that has to do with the plugins of a running hub, put together. One thread, but for {@link #stop}. */
final class Room {

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);
    private static final int LAST_EVENTS = 50;

    private final DropFolder folder;
    private final List<PluginPart> parts;
    private final Journal journal;
    private final SettingsDesk desk;
    private final Unwritten unwritten = new Unwritten();
    private final Fleet fleet;
    private final Jars jars;
    private final Changes changes;
    private final Deployer deployer;
    private final FolderMirror mirror;
    private final FolderKeeper keeper;
    private final Display display;
    private final StartUp startUp;
    private final List<Registration> registrations = new ArrayList<>();

    Room(ContainerSettings settings, EmbeddedFelix felix, JarStage stage, DropFolder folder, List<PluginPart> parts,
         StatusBoard board, PluginThreads threads, Journal journal, Clock clock) {
        this.folder = folder;
        this.parts = List.copyOf(parts);
        this.journal = journal;
        this.desk = new FileSettingsDesk(settings.settingsFolder(), settings.keyFile());
        this.fleet = new Fleet(board);
        this.jars = new Jars(stage, folder, journal, fleet);
        this.changes = new Changes(fleet, jars, desk, journal);
        SignaturePolicy signatures = new SignaturePolicy(settings.trustFolder(), settings.unsigned(), clock);
        Preparation preparation = new Preparation(felix, fleet, desk, this.parts,
                new PlanMaker(signatures));
        this.deployer = new Deployer(preparation, fleet, board, this.parts, threads, desk, journal, unwritten, settings.drain(),
                clock);
        this.mirror = new FolderMirror(settings.dropFolder(), fleet, changes, deployer, journal, unwritten, desk,
                signatures);
        this.keeper = new FolderKeeper(folder, mirror, fleet, jars, journal, unwritten);
        this.display = new Display(fleet, mirror, board);
        this.startUp = new StartUp(felix, fleet, changes, deployer, board, journal, desk, signatures, clock);
        this.parts.forEach(p -> registrations.add(p.listen(board::refresh)));
    }

    int partCount() {
        return parts.size();
    }

    /** Brings up what is wanted. */
    void reconcile() {
        startUp.run();
        mirror.remember(journal.folderFiles(), folder.isEmpty());
    }

    /**
     * Follows the folders.
     *
     * @param touched files that must be read again although size and time are the same
     * @return whether something waits for the database
     */
    boolean round(Set<Path> touched) throws IOException {
        try {
            unwritten.writeAll();
        } catch (ProblemException e) {
            // said already; it is tried again
        }
        mirror.align(folder.look(touched));
        for (LivePlugin plugin : fleet.all()) {
            if (!deployer.isStopping()) {
                followSettings(plugin);
                keeper.tidy(plugin.id());
            }
        }
        mirror.orphans().forEach(keeper::tidy);
        List<String> ids = new ArrayList<>(fleet.all().stream().map(LivePlugin::id).toList());
        ids.addAll(mirror.ids());
        desk.keepOnly(ids);
        display.show();
        jars.tidy();
        return mirror.isWaiting() || !unwritten.isEmpty();
    }

    OptionalLong nanosToNextSettings() {
        return desk.nanosToNextChange();
    }

    private void followSettings(LivePlugin plugin) {
        SettingsFile now;
        try {
            now = desk.read(plugin.id());
        } catch (ProblemException e) {
            if (plugin.running() != null) {
                plugin.running().refuses(new SettingsFile(plugin.id(), null), e.problem());
            }
            return;
        }
        Mandate mandate = Mandate.of("drop-folder", "drop-folder");
        try {
            if (plugin.hasFailed() && !now.equals(plugin.failedWith())) {
                deployer.carryOut(changes.start(plugin), mandate);
            } else if (plugin.running() != null && !plugin.running().hasSeen(now)) {
                followSettings(plugin.running(), plugin, now, mandate);
            }
        } catch (ProblemException e) {
            if (plugin.running() != null && !e.problem().code().equals(Journal.UNAVAILABLE)) {
                plugin.running().refuses(now, e.problem());
            } else if (plugin.hasFailed()) {
                plugin.failed(e.problem(), now);
            }
        }
    }

    private void followSettings(RunningPlugin running, LivePlugin plugin, SettingsFile now, Mandate mandate) {
        Settings settings = desk.settings(running.plugin().schema(), now);
        SettingsFile sealed = desk.sealed(running.plugin().schema(), now);
        if (sealed.equals(running.text())) {
            running.sees(now);
            if (!sealed.equals(now) && !plugin.wanted().settingsDue()) { // or it can't be written, which was said
                deployer.seal(plugin, sealed);
            }
        } else if (sealed.equals(now) && settings.tree().equals(running.settings().tree())) {
            running.runsWith(now, running.settings());
        } else {
            deployer.carryOut(changes.configured(plugin, now), mandate);
        }
    }

    PluginPlan plan(PluginRequest request) {
        try {
            return deployer.plan(understood(request));
        } finally {
            afterwards(null);
        }
    }

    PluginEvent carryOut(PluginRequest request, Mandate mandate) {
        String id = null;
        try {
            Change change = understood(request);
            id = change.id();
            PluginEvent event = deployer.carryOut(change, mandate).orElseGet(() -> lastDone(change.id()));
            if (change.action() == PluginAction.REMOVE) {
                keeper.clear(id);
            }
            return event;
        } finally {
            afterwards(id);
        }
    }

    private Change understood(PluginRequest request) {
        StagedJar refused = request instanceof PluginRequest.Start s && fleet.find(s.id()) == null ? mirror.refused(s.id()) : null;
        return refused != null ? changes.install(refused, mirror.signature(refused), null) : changes.of(request);
    }

    /** Whatever comes of it, what was done is done. */
    private void afterwards(String id) {
        try {
            if (id != null) {
                keeper.tidy(id);
            }
            display.show();
            jars.tidy();
        } catch (RuntimeException e) {
            LOG.error("The folders of the plugins could not be tidied", e);
        }
    }

    /** It is so already: whoever asks learns what made it so. */
    private PluginEvent lastDone(String id) {
        return journal.history(id, null, LAST_EVENTS).stream().filter(e -> e.outcome() == PluginEvent.Outcome.DONE).findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of("nothing-to-do", "It is so already.")));
    }

    PluginSettings settings(String id) {
        LivePlugin plugin = changes.known(id);
        RunningPlugin running = plugin.running();
        SettingsFile text = running != null ? running.text() : desk.read(id);
        Long revision = plugin.wanted().revision();
        return desk.view(id, running != null ? running.plugin().schema() : Changes.schema(changes.jar(plugin)), text,
                revision == null ? 0 : revision, journal.revisions(id));
    }

    /** From now on nothing new is brought up. Any thread. */
    void stop() {
        deployer.stop();
    }

    void takeDownAll() {
        registrations.forEach(Registration::close);
        fleet.lastFirst().forEach(deployer::takeDown);
    }
}
