package org.yuzui.testkit.certification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginRequest;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.launcher.PluginWorkbench.CaseOutcome;
import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.testkit.TestHub;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.cases.CaseFile;
import org.yuzui.testkit.cases.Door;
import org.yuzui.testkit.cases.Happenings;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A plugin that is replaced again and again while records flow loses none, and leaves nothing of its old versions behind. */
final class RedeployCheck implements CertificationCheck {

    /** One of a running version is alive at a time; a second may not have been looked for by the collector yet. */
    private static final int SLACK = 1;
    private static final String LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";
    private static final String CONTEXT = "org.apache.camel.impl.DefaultCamelContext";

    @Override
    public String name() {
        return "redeployments";
    }

    @Override
    public Check run(Trial trial) throws Exception {
        List<CaseFile> cases = trial.together();
        int times = trial.times(20, 100);
        List<String> failures = new ArrayList<>();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger again = new AtomicInteger();
        long classesBefore;
        String measured;
        try (CaseBench bench = cases.isEmpty() ? trial.bench("redeploy", JsonNodeFactory.instance.objectNode())
                : trial.bench("redeploy", cases.get(0));
             Happenings happenings = Happenings.from(bench.hub().hub(), trial.clock())) {
            byte[] jar = CaseFile.bytes(trial.candidate().jar());
            // The first ones load what stays: caches of the hub and of the JVM are no leak.
            for (int i = 0; i < 3; i++) {
                replace(bench.hub(), trial, varied(jar, -1 - i));
            }
            HeapCount before = HeapCount.least(LOADER, CONTEXT);
            ThreadCount threadsBefore = ThreadCount.now();
            AtomicBoolean stop = new AtomicBoolean();
            Thread sender = new Thread(() -> send(bench, cases, stop, answered, again), "certification-sender");
            sender.start();
            long longest = 0;
            long all = System.nanoTime();
            for (int i = 0; i < times; i++) {
                long began = System.nanoTime();
                replace(bench.hub(), trial, varied(jar, i));
                longest = Math.max(longest, Duration.ofNanos(System.nanoTime() - began).toMillis());
            }
            long mean = Duration.ofNanos(System.nanoTime() - all).toMillis() / times;
            stop.set(true);
            sender.join(TimeUnit.SECONDS.toMillis(120));
            if (sender.isAlive()) {
                failures.add("A sender hangs since a redeployment.");
            }
            Trial.settle(happenings, Trial.PATIENCE);
            Trial.differences(cases, happenings.records()).forEach(d -> failures.add("While it was redeployed: " + d));
            for (CaseFile c : cases) {
                CaseOutcome after = bench.run(c.again());
                after.differences().forEach(d -> failures.add("After the last one, case " + c.name() + ": " + d));
            }
            HeapCount after = settled(before, threadsBefore, times);
            classesBefore = before.of(LOADER);
            ThreadCount threads = ThreadCount.now();
            gone("class loaders", before.of(LOADER), after.of(LOADER), failures);
            gone("Camel contexts", before.of(CONTEXT), after.of(CONTEXT), failures);
            threads.more(threadsBefore, times).forEach(failures::add);
            measured = "mean " + mean + " ms, longest " + longest + " ms; " + answered + " messages taken meanwhile, " + again
                    + " sent again; class loaders of plugins " + classesBefore + " → " + after.of(LOADER) + ", contexts "
                    + before.of(CONTEXT) + " → " + after.of(CONTEXT) + ", threads " + threadsBefore.all() + " → " + threads.all();
        }
        return new Check(name(), "Replaced " + times + " times while the cases were sent over and over.", measured, failures, false);
    }

    /** What ends by itself a moment later is no leak. */
    private static HeapCount settled(HeapCount before, ThreadCount threadsBefore, int times) {
        HeapCount now = HeapCount.now(LOADER, CONTEXT);
        for (int i = 0; i < 20 && (now.of(LOADER) > before.of(LOADER) + SLACK || now.of(CONTEXT) > before.of(CONTEXT) + SLACK
                || !ThreadCount.now().more(threadsBefore, times).isEmpty()); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            now = HeapCount.now(LOADER, CONTEXT);
        }
        return now;
    }

    private static void gone(String what, long before, long after, List<String> failures) {
        if (after > before + SLACK) {
            failures.add("Retired versions stay in memory: " + before + " " + what + " before, " + after + " after.");
        }
    }

    private static void send(CaseBench bench, List<CaseFile> cases, AtomicBoolean stop, AtomicInteger answered, AtomicInteger again) {
        int n = 0;
        while (!cases.isEmpty() && (!stop.get() || n < cases.size())) { // all of them once, however slow their door
            CaseFile c = cases.get(n++ % cases.size());
            Door door = bench.door(c);
            for (Path given : c.given()) {
                boolean taken = false;
                // A sender that can't connect, or gets no answer, sends again.
                for (int i = 0; i < 100 && !taken; i++) {
                    try {
                        door.give(CaseFile.named(given, n + "-" + i), CaseFile.bytes(given));
                        answered.incrementAndGet();
                        taken = true;
                    } catch (IOException | ProblemException e) {
                        again.incrementAndGet();
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    }
                }
            }
        }
    }

    /** The same plugin with other bytes: the same content is no reason to do anything. */
    private static byte[] varied(byte[] jar, int n) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar)); ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
                out.closeEntry();
            }
            out.putNextEntry(new ZipEntry("META-INF/redeployment.txt"));
            out.write(Integer.toString(n).getBytes(StandardCharsets.US_ASCII));
            out.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static void replace(TestHub hub, Trial trial, byte[] jar) throws IOException, InterruptedException {
        String id = trial.candidate().descriptor().id();
        Path file = Files.write(hub.home().resolve("replacement.jar"), jar);
        try {
            hub.hub().plugins().carryOut(new PluginRequest.Install(file, id + ".jar", null),
                    new Mandate("certification", "api", java.util.Set.of()));
        } catch (UnsupportedOperationException e) {
            drop(hub, id, jar);
        }
    }

    private static void drop(TestHub hub, String id, byte[] jar) throws InterruptedException {
        CountDownLatch up = new CountDownLatch(1);
        try (Registration r = hub.hub().plugins().listen(s -> told(s, id, up))) {
            hub.drop(id, jar);
            if (!up.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the hub did not take the replacement within 30 s");
            }
        }
    }

    private static void told(PluginStatus status, String id, CountDownLatch up) {
        if (status.id().equals(id) && (status.state() == PluginState.RUNNING || status.state() == PluginState.FAILED)) {
            up.countDown();
        }
    }
}
