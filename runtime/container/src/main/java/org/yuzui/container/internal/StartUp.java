package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginAction;
import org.yuzui.container.internal.journal.Beginning;
import org.yuzui.container.internal.journal.Ending;
import org.yuzui.container.internal.journal.Journal;
import org.yuzui.container.internal.journal.Wanted;
import org.yuzui.container.internal.settings.SettingsDesk;
import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.container.internal.signature.SignaturePolicy;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.spi.Settings;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Brings up what is wanted. What doesn't come up stays wanted, and nothing else takes its place. One thread. */
final class StartUp {

    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
    private static final Mandate MANDATE = Mandate.of("start-up", "start-up");

    private final EmbeddedFelix felix;
    private final Fleet fleet;
    private final Changes changes;
    private final Deployer deployer;
    private final StatusBoard board;
    private final Journal journal;
    private final SettingsDesk desk;
    private final SignaturePolicy signatures;
    private final Clock clock;

    StartUp(EmbeddedFelix felix, Fleet fleet, Changes changes, Deployer deployer, StatusBoard board, Journal journal,
            SettingsDesk desk, SignaturePolicy signatures, Clock clock) {
        this.felix = felix;
        this.fleet = fleet;
        this.changes = changes;
        this.deployer = deployer;
        this.board = board;
        this.journal = journal;
        this.desk = desk;
        this.signatures = signatures;
        this.clock = clock;
    }

    void run() {
        journal.interruptAll();
        fleet.pausesWere(journal.lastPauses());
        for (Wanted wanted : journal.wanted()) {
            if (deployer.isStopping()) {
                return;
            }
            LivePlugin plugin = new LivePlugin(wanted);
            fleet.put(plugin);
            reconcile(plugin);
            fleet.show(plugin);
        }
    }

    private void reconcile(LivePlugin plugin) {
        SettingsFile tried = null;
        try {
            StagedJar jar = changes.jar(plugin);
            Optional<SettingsFile> accepted = accepted(plugin);
            accepted.ifPresent(text -> deployer.writeSettings(plugin, text));
            if (!plugin.wanted().enabled()) {
                return;
            }
            board.show(jar, PluginState.STARTING, null);
            tried = desk.read(plugin.id());
            bringUp(plugin, jar, tried, accepted);
            if (signatures.warns()) { // what was accepted runs on; only what is said of it outlasts the restart
                plugin.warned(signatures.look(jar.original(), jar.name(), journal.kept(jar.sha256()).map(Journal.Kept::signature)
                        .orElse(null)).warning());
            }
        } catch (ProblemException e) {
            plugin.failed(e.problem(), tried);
        } catch (RuntimeException | LinkageError | StackOverflowError e) { // as in Preparation
            plugin.failed(Fault.problem(e, plugin.wanted().file()), tried);
        }
    }

    private Optional<SettingsFile> accepted(LivePlugin plugin) {
        Wanted w = plugin.wanted();
        return journal.revision(w.plugin(), w.revision()).map(r -> desk.read(w.plugin()).with(r.content()));
    }

    /** With the settings as the file says; when these are no good, with those that held before. */
    private void bringUp(LivePlugin plugin, StagedJar jar, SettingsFile file, Optional<SettingsFile> accepted) {
        long began = System.nanoTime();
        List<SettingsFile> texts = new ArrayList<>(List.of(file));
        accepted.filter(text -> !text.equals(file)).ifPresent(texts::add);
        InstalledPlugin installed = InstalledPlugin.install(felix, jar);
        Problem refused = null;
        for (SettingsFile text : texts) {
            try {
                Settings settings = desk.settings(installed.schema(), text);
                SettingsFile sealed = desk.sealed(installed.schema(), text);
                RunningPlugin running = deployer.up(installed, sealed, settings);
                plugin.runs(running);
                LOG.info("Plugin {} {} is up ({} ms)", plugin.id(), jar.versionText(), (System.nanoTime() - began) / 1_000_000);
                if (refused != null) {
                    running.refuses(file, refused);
                } else {
                    running.sees(file);
                    settle(plugin, settings, sealed, accepted, installed, !sealed.equals(file));
                }
                return;
            } catch (ProblemException e) {
                refused = refused == null ? e.problem() : refused;
            }
        }
        installed.uninstall();
        plugin.failed(refused, file);
    }

    /** The file was edited while the hub was down: that is a change like any other. */
    private void settle(LivePlugin plugin, Settings settings, SettingsFile text, Optional<SettingsFile> accepted,
                        InstalledPlugin installed, boolean due) {
        byte[] held = accepted.map(SettingsFile::bytes).orElse(null);
        if (Arrays.equals(held, text.bytes()) || accepted.isPresent() && isSame(installed, accepted.get(), settings)) {
            if (due && !plugin.wanted().settingsDue()) {
                deployer.seal(plugin, text);
            }
            return;
        }
        Wanted w = plugin.wanted();
        long number = journal.begin(new Beginning(w.plugin(), PluginAction.CONFIGURE, w.version(), w.version(), null, w.sha256(),
                null, null, MANDATE, clock.instant(), null));
        journal.end(new Ending(number, w.plugin(), w.sha256(), true, true, w.revision(), true, text.bytes(), due, null,
                Duration.ZERO, null), MANDATE, clock.instant()).ifPresent(plugin::isWanted);
        deployer.writeSettings(plugin, text);
    }

    private boolean isSame(InstalledPlugin installed, SettingsFile held, Settings settings) {
        try {
            return desk.settings(installed.schema(), held).tree().equals(settings.tree());
        } catch (ProblemException e) {
            return false;
        }
    }
}
