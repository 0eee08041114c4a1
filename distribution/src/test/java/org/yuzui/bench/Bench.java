package org.yuzui.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Runs the scenarios that are named, or all, prints the table and writes the JSON. */
public final class Bench {

    private static final Map<String, Supplier<Scenario>> SCENARIOS = new LinkedHashMap<>();
    /** They are held against what the machine allows. */
    private static final Set<String> BESIDE_LIMITS = Set.of("mllp", "records");
    /** Of these one alone takes longer than all the others. */
    private static final Set<String> ONLY_WHEN_NAMED = Set.of(LedgerScenario.NAME);
    private static final int MOST_MINUTES = 12;
    private static final int MOST_MINUTES_QUICK = 4;
    private static volatile long begun = System.nanoTime();

    static {
        SCENARIOS.put(LimitsScenario.NAME, LimitsScenario::new);
        SCENARIOS.put("mllp", MllpScenario::new);
        SCENARIOS.put("records", RecordsScenario::new);
        SCENARIOS.put("capture", CaptureScenario::new);
        SCENARIOS.put("vehicle", VehicleScenario::new);
        SCENARIOS.put("platform", PlatformScenario::new);
        SCENARIOS.put("energy", EnergyScenario::new);
        SCENARIOS.put("finance", FinanceScenario::new);
        SCENARIOS.put("hr", RosterScenario::new);
        SCENARIOS.put("kindergarten", CallScenario::kindergarten);
        SCENARIOS.put("assets", CallScenario::assets);
        SCENARIOS.put("start", StartScenario::new);
        SCENARIOS.put("deploy", DeployScenario::new);
        SCENARIOS.put("update", UpdateScenario::new);
        SCENARIOS.put("redeploys", RedeployScenario::new);
        SCENARIOS.put("plugins", ManyPluginsScenario::new);
        SCENARIOS.put("memory", MemoryScenario::new);
        SCENARIOS.put("reports", ReportsScenario::new);
        SCENARIOS.put(LedgerScenario.NAME, LedgerScenario::new);
    }

    private Bench() {
    }

    /** @param args the unpacked distribution, a work folder, a folder for the JSON; then scenarios and {@code --quick} */
    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(args).subList(3, args.length);
        boolean quick = words.contains("--quick");
        Set<String> chosen = chosen(words);
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        Setting setting = new Setting(Path.of(args[0]), Path.of(args[1]), quick);
        Files.createDirectories(setting.work());
        int most = (quick ? MOST_MINUTES_QUICK : MOST_MINUTES) * (chosen.stream().anyMatch(ONLY_WHEN_NAMED::contains) ? 6 : 1);
        String minutes = System.getenv().getOrDefault("YUZUI_BENCH_MINUTES", Integer.toString(most));
        watch(Integer.parseInt(minutes));
        Clock clock = Clock.systemDefaultZone();
        Map<String, Object> about = about(clock, quick);
        Results results = new Results();
        for (String name : chosen) {
            System.err.println(name + " …");
            begun = System.nanoTime();
            try {
                SCENARIOS.get(name).get().measure(setting, results);
            } catch (Exception e) {
                results.failed(name, e.getMessage() == null ? e.toString() : e.getMessage());
            }
        }
        about.put("loadAverageAfter", loadAverage());
        Path json = Path.of(args[2]).resolve(about.get("at").toString().replace(':', '-') + ".json");
        Report.write(results, about, json);
        System.out.println();
        Report.print(results, System.out);
        System.out.printf(Locale.ROOT, "%n%s cores, load average %s before and %s after; %s%n", about.get("cores"),
                about.get("loadAverageBefore"), about.get("loadAverageAfter"), json);
        System.exit(results.failures().isEmpty() ? 0 : 1);
    }

    private static Set<String> chosen(List<String> words) {
        Set<String> chosen = new LinkedHashSet<>();
        for (String word : words) {
            if (SCENARIOS.containsKey(word)) {
                chosen.add(word);
            } else if (!word.equals("--quick")) {
                System.err.println("There is no scenario " + word + "; there are " + String.join(", ", SCENARIOS.keySet()) + ".");
                System.exit(2);
            }
        }
        if (chosen.isEmpty()) {
            Set<String> usual = new LinkedHashSet<>(SCENARIOS.keySet());
            usual.removeAll(ONLY_WHEN_NAMED);
            return usual;
        }
        Set<String> ordered = new LinkedHashSet<>(SCENARIOS.keySet());
        ordered.removeIf(name -> !chosen.contains(name)
                && !(name.equals(LimitsScenario.NAME) && chosen.stream().anyMatch(BESIDE_LIMITS::contains)));
        return ordered;
    }

    /** A scenario that hangs ends the bench, with all that it started. */
    private static void watch(int minutes) {
        Thread watch = new Thread(() -> {
            while (System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(minutes)) {
                Waiting.pause(1);
            }
            System.err.println("The bench is ended: a scenario took more than " + minutes + " minutes.");
            System.exit(1);
        }, "watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static Map<String, Object> about(Clock clock, boolean quick) throws IOException {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("at", LocalDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME));
        about.put("quick", quick);
        about.put("cores", Runtime.getRuntime().availableProcessors());
        about.put("java", Runtime.version().toString());
        about.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        about.put("loadAverageBefore", loadAverage());
        return about;
    }

    private static String loadAverage() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Files.readString(file).split(" ")[0] : "unknown";
    }
}
