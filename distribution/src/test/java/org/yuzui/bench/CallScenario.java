package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;

/**
 * Items a second over a plugin's HTTP door into the packaged hub with the demonstration site. A call is answered when everything in
 * it is durable; each connection makes its next call then.
 */
final class CallScenario implements Scenario {

    /** HttpURLConnection keeps as many connections as a scenario uses. */
    private static final List<String> SENDER_JVM = List.of("-XX:+UseSerialGC", "-Xmx256m", "-Dhttp.maxConnections=32");
    private static final int CONNECTIONS = 8;

    private final String plugin;
    private final Class<?> load;
    private final int batch;

    /** @param batch items in a call, where several are sent at once */
    private CallScenario(String plugin, Class<?> load, int batch) {
        this.plugin = plugin;
        this.load = load;
        this.batch = batch;
    }

    static Scenario kindergarten() {
        return new CallScenario("kindergarten", KindergartenLoad.class, 200);
    }

    static Scenario assets() {
        return new CallScenario("assets", AssetsLoad.class, 200);
    }

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        try (PackagedHub hub = PackagedHub.create(setting, plugin)) {
            hub.start();
            hub.command(120, "demo", "send-" + plugin, "--url", hub.url()); // also makes the secret that the load signs with
            try (JavaProcess sender = JavaProcess.start(load, SENDER_JVM, hub.home(), hub.port(plugin))) {
                send(sender, CONNECTIONS, 10, setting.seconds(8, 3)); // to warm up
                hub.awaitDrained();
                results.add(measure(hub, sender, 1, 1, setting.seconds(8, 3)));
                results.add(measure(hub, sender, CONNECTIONS, 1, setting.seconds(8, 4)));
                results.add(measure(hub, sender, CONNECTIONS, batch, setting.seconds(8, 4)));
            }
        }
    }

    private Figure measure(PackagedHub hub, JavaProcess sender, int connections, int items, double seconds) throws Exception {
        Cost cost = Cost.of(hub);
        JsonNode sent = send(sender, connections, items, seconds);
        double drain = hub.awaitDrained();
        double count = sent.path("items").asDouble();
        Figure figure = Figure.of(plugin, connections + (connections == 1 ? " connection, " : " connections, ") + items
                        + (items == 1 ? " item a call" : " items a call"), sent.path("rate").asDouble(), "items/s")
                .note("MB/s", sent.path("bytes").asDouble() / 1e6 / sent.path("seconds").asDouble())
                .note("p50 ms", sent.at("/latencyMillis/p50").asDouble())
                .note("p95 ms", sent.at("/latencyMillis/p95").asDouble())
                .note("p99 ms", sent.at("/latencyMillis/p99").asDouble())
                .note("through to the store and the last hop items/s", count / (sent.path("seconds").asDouble() + drain));
        return cost.on(figure, count, "item").note("sender", sent.path("cpuSeconds").asDouble() * 1e6 / count);
    }

    private static JsonNode send(JavaProcess sender, int connections, int items, double seconds) throws Exception {
        sender.say(connections + " " + items + " " + seconds);
        return sender.hear();
    }
}
