package org.yuzui.bench;

/** From the command to ready, on a machine whose disk cache knows the program already. */
final class StartScenario implements Scenario {

    private static final int MESSAGES = 2000;

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        Times first = new Times();
        Times firstCpu = new Times();
        for (int i = setting.count(3, 1); i > 1; i--) {
            try (PackagedHub hub = PackagedHub.create(setting, "start")) {
                start(hub, first, firstCpu);
            }
        }
        try (PackagedHub hub = PackagedHub.create(setting, "start")) {
            start(hub, first, firstCpu);
            results.add(figure("first start to ready, no data yet", first, firstCpu));
            hub.command(60, "demo", "send-hl7", "--count", Integer.toString(MESSAGES), "--port", Integer.toString(hub.mllpPort()));
            hub.awaitDrained();
            hub.stop();
            Times second = new Times();
            Times secondCpu = new Times();
            for (int i = setting.count(5, 3); i > 0; i--) {
                start(hub, second, secondCpu);
                hub.stop();
            }
            results.add(figure("second start to ready, " + MESSAGES + " messages stored", second, secondCpu).atMost(3));
        }
    }

    private static void start(PackagedHub hub, Times times, Times cpu) throws Exception {
        times.add(hub.start());
        cpu.add(Usage.cpu(hub.jvm()).toMillis() / 1000.0);
    }

    private static Figure figure(String name, Times times, Times cpu) {
        return Figure.of("start", name, times.median(), "s").note("CPU of the JVM (s)", cpu.median())
                .note("least", times.least()).note("most", times.most()).note("times", times.count());
    }
}
