package org.yuzui.launcher.cli;

import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.launcher.Hub;
import org.yuzui.launcher.HubConfig;
import picocli.CommandLine.Command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** {@code yuzui run}: a hub in this process until a signal ends it. */
@Command(name = "run")
final class RunCommand extends LocalCommand {

    @Override
    public Integer call() throws InterruptedException {
        long begun = System.nanoTime();
        Home home = home();
        HubLog log = HubLog.open(home.path().resolve("log"));
        CompletableFuture<Hub> hub = new CompletableFuture<>();
        // Before the start: a signal that comes in the middle of it must not leave a database process behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(hub, log), "stop"));
        try {
            hub.complete(Hub.start(HubConfig.load(home.path())));
        } finally {
            hub.cancel(false);
        }
        greet(home, hub.join(), Duration.ofNanos(System.nanoTime() - begun));
        new CountDownLatch(1).await();
        return ExitCode.OK.number();
    }

    private static void stop(CompletableFuture<Hub> hub, HubLog log) {
        hub.handle((running, failure) -> running).thenAccept(running -> {
            if (running != null) {
                running.close();
                ClassArchive.leaveIfWanted();
            }
        }).join();
        log.close();
    }

    private void greet(Home home, Hub hub, Duration took) {
        out().println();
        out().println(text("run.ready", Hub.VERSION, String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0)));
        out().println("  " + text("run.console", Home.url(hub.config().webHost(), hub.webPort())));
        out().println("  " + text("run.token", home.tokenFile()));
        List<PluginStatus> plugins = hub.plugins().list();
        for (Home.Listener listener : home.listeners()) {
            if (plugins.stream().anyMatch(p -> p.id().equals(listener.plugin()) && p.state() != PluginState.FAILED)) {
                out().println("  " + text("run.listens", listener.plugin(), listener.protocol(), listener.host(), listener.port()));
            }
        }
        plugins.stream().filter(p -> p.state() == PluginState.FAILED)
                .forEach(p -> out().println("  " + text("run.failed", p.id(), say(p.problem()))));
        out().println("  " + text("run.stop"));
        out().println();
    }
}
