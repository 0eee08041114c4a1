package org.yuzui.testkit.certification;

import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.RecordQuery;
import org.yuzui.records.StoredRecord;
import org.yuzui.testkit.HubChild;
import org.yuzui.testkit.TestHub;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.cases.CaseFile;
import org.yuzui.testkit.cases.Door;
import org.yuzui.testkit.cases.Happenings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A hub that dies in the middle of the plugin's work has lost nothing that was acknowledged, and counts nothing twice. */
final class KillCheck implements CertificationCheck {

    private static final int LATEST_MILLIS = 600;
    /** So long is waited for answers after which to kill; a slow machine has not answered within {@link #LATEST_MILLIS}. */
    private static final int ANSWER_SECONDS = 20;
    private static final int AFTER_ANSWER_MILLIS = 30;

    @Override
    public String name() {
        return "kill in mid-commit";
    }

    @Override
    public Check run(Trial trial) throws Exception {
        List<CaseFile> cases = trial.together().stream().filter(c -> c.door() != Door.Kind.RECORD).toList();
        if (cases.isEmpty()) {
            return skipped("It needs a case that comes in by a port or a folder.");
        }
        List<String> failures = new ArrayList<>();
        int kills = trial.times(2, 10);
        Random chances = trial.chances(name());
        AtomicInteger acknowledged = new AtomicInteger();
        int unacknowledged = 0;
        long records = 0;
        try (CaseBench bench = trial.bench("kill", cases.get(0))) {
            if (bench.door(cases.get(0)).kind() == Door.Kind.RECORD) {
                return skipped("It needs a case that comes in by a port or a folder.");
            }
            TestHub hub = bench.hub();
            Path fresh = trial.candidate().work().resolve("kill-fresh");
            hub.stop();
            copy(hub.home(), fresh);
            for (int i = 0; i < kills; i++) {
                // The home keeps its path: the plugin's folders stand in its settings.
                TestHub.delete(hub.home());
                copy(fresh, hub.home());
                Set<String> taken = round(trial, bench, cases, chances, i % 2 == 1, acknowledged);
                hub.start();
                hub.awaitRunning(trial.candidate().descriptor().id(), Trial.PATIENCE.multipliedBy(3));
                String round = "Kill " + (i + 1) + ": ";
                requireAcknowledged(trial, bench, cases, taken, round, failures);
                unacknowledged += resend(trial, bench, cases, taken, round, failures);
                records += requireOnce(bench, cases, round, failures);
                hub.stop();
            }
        }
        return new Check(name(), "A hub in a process of its own was killed (SIGKILL) " + kills + " times, by turns at a random moment within "
                + LATEST_MILLIS + " ms of the cases being sent and after a random number of answers, started again, and sent what it had not "
                + "acknowledged.",
                acknowledged + " acknowledged before a kill, " + unacknowledged + " sent again; " + records
                        + " records, none lost, none twice", failures, false);
    }

    /**
     * Starts the hub as a process, sends all cases at once and kills it.
     *
     * @param amid whether it is killed after some answers, and not at any moment
     * @return what it had acknowledged
     */
    private static Set<String> round(Trial trial, CaseBench bench, List<CaseFile> cases, Random chances, boolean amid,
                                     AtomicInteger acknowledged) throws Exception {
        Set<String> taken = new ConcurrentSkipListSet<>();
        Semaphore answers = new Semaphore(0);
        int messages = cases.stream().mapToInt(c -> c.given().size()).sum();
        int after = 1 + chances.nextInt(Math.max(1, messages - 1));
        int delay = chances.nextInt(amid ? AFTER_ANSWER_MILLIS : LATEST_MILLIS);
        try (HubChild child = HubChild.start(bench.hub().home(), trial.candidate().descriptor().id())) {
            CountDownLatch begun = new CountDownLatch(1);
            List<Thread> senders = new ArrayList<>();
            for (CaseFile c : cases) {
                Door door = bench.door(c);
                Thread sender = new Thread(() -> {
                    try {
                        begun.await();
                        for (Path given : c.given()) {
                            door.give(CaseFile.named(given, c.name()), CaseFile.bytes(given));
                            taken.add(c.name() + "/" + given.getFileName());
                            acknowledged.incrementAndGet();
                            answers.release();
                        }
                    } catch (IOException e) {
                        return; // not acknowledged: it will be sent again
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }, "certification-" + c.name());
                sender.start();
                senders.add(sender);
            }
            begun.countDown();
            if (amid) {
                answers.tryAcquire(after, ANSWER_SECONDS, TimeUnit.SECONDS);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay));
            child.kill();
            for (Thread sender : senders) {
                sender.join(TimeUnit.SECONDS.toMillis(40));
            }
        }
        return taken;
    }

    private static void requireAcknowledged(Trial trial, CaseBench bench, List<CaseFile> cases, Set<String> taken, String round,
                                            List<String> failures) {
        try (Happenings happenings = Happenings.from(bench.hub().hub(), trial.clock())) {
            Trial.settle(happenings, Trial.PATIENCE);
        }
        List<CaseFile> whole = cases.stream().filter(c -> c.given().stream()
                .allMatch(g -> taken.contains(c.name() + "/" + g.getFileName()))).toList();
        Map<String, List<StoredRecord>> all = stored(bench, cases);
        for (String d : Trial.differences(whole, all)) {
            if (d.startsWith("Missing")) {
                failures.add(round + "acknowledged and lost. " + d);
            }
        }
    }

    private static int resend(Trial trial, CaseBench bench, List<CaseFile> cases, Set<String> taken, String round, List<String> failures)
            throws IOException {
        int again = 0;
        try (Happenings happenings = Happenings.from(bench.hub().hub(), trial.clock())) {
            for (CaseFile c : cases) {
                for (Path given : c.given()) {
                    String name = c.name() + "/" + given.getFileName();
                    if (!taken.contains(name)) {
                        again++;
                        bench.door(c).give(CaseFile.named(given, "again-" + c.name()), CaseFile.bytes(given));
                    }
                }
            }
            if (!Trial.settle(happenings, Trial.PATIENCE)) {
                failures.add(round + "the hub did not come to rest after it started again.");
            }
        }
        return again;
    }

    private static long requireOnce(CaseBench bench, List<CaseFile> cases, String round, List<String> failures) {
        Map<String, List<StoredRecord>> all = stored(bench, cases);
        Trial.differences(cases, all).forEach(d -> failures.add(round + d));
        long records = 0;
        for (List<StoredRecord> of : all.values()) {
            for (StoredRecord record : of) {
                records++;
                long births = bench.hub().hub().ledger().hops(record.id()).stream().map(Hop::kind)
                        .filter(k -> k == HopKind.RECEIVED || k == HopKind.PUBLISHED).count();
                if (births != 1) {
                    failures.add(round + "the record " + record.contract() + " " + record.key() + " came into being " + births + " times.");
                }
            }
        }
        return records;
    }

    /** Everything that the store has under the contracts of these cases. */
    private static Map<String, List<StoredRecord>> stored(CaseBench bench, List<CaseFile> cases) {
        Set<String> contracts = new TreeSet<>();
        cases.forEach(c -> contracts.addAll(c.expected().keySet()));
        Map<String, List<StoredRecord>> all = new TreeMap<>();
        for (String contract : contracts) {
            all.put(contract, bench.hub().hub().records().store().find(RecordQuery.of(contract)
                    .among(RecordQuery.Among.ANY, RecordQuery.Give.MATCHES)));
        }
        return all;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
