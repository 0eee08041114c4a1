package org.yuzui.testkit.certification;

import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.records.StoredRecord;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.cases.CaseFile;
import org.yuzui.testkit.cases.Door;
import org.yuzui.testkit.cases.Happenings;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A peer that is slow, falls silent or goes away hinders no other, and half a message is never a record. */
final class PeerCheck implements CertificationCheck {

    private static final int MILLIS = 20_000;

    @Override
    public String name() {
        return "slow and dead peers";
    }

    @Override
    public Check run(Trial trial) throws Exception {
        CaseFile example = trial.together().stream().filter(c -> !c.expected().isEmpty()).findFirst().orElse(null);
        if (example == null) {
            return skipped("It needs a case with a record that comes in over the network.");
        }
        try (CaseBench bench = trial.bench("peers", example)) {
            Door door = bench.door(example);
            if (!Trial.overNetwork(door)) {
                return skipped("Nothing comes in over the network: the cases' door is " + door.kind() + ".");
            }
            return run(trial, example, bench, door);
        }
    }

    private Check run(Trial trial, CaseFile example, CaseBench bench, Door door) throws Exception {
        byte[] given = CaseFile.bytes(example.given().get(0));
        byte[] wire = door.wire(given);
        List<String> failures = new ArrayList<>();
        Random chances = trial.chances(name());
        List<Socket> silent = new ArrayList<>();
        long longest = 0;
        int partial = trial.times(5, 25);
        try (Happenings happenings = Happenings.from(bench.hub().hub(), trial.clock())) {
            CompletableFuture<Boolean> slow = CompletableFuture.supplyAsync(() -> byteByByte(door, wire, trial.times(1500, 4000)));
            for (int i = 0; i < 5; i++) {
                silent.add(new Socket("127.0.0.1", door.port()));
            }
            longest = Math.max(longest, serve(door, given, example, "while one sends byte by byte and five are silent", failures));
            for (int i = 0; i < partial; i++) {
                int cut = 1 + chances.nextInt(wire.length - 2);
                Socket half = new Socket("127.0.0.1", door.port());
                half.getOutputStream().write(Arrays.copyOf(wire, cut));
                if (i % 2 == 0) {
                    half.close(); // dead in the middle
                } else {
                    silent.add(half); // silent in the middle
                }
            }
            longest = Math.max(longest, serve(door, given, example, "after " + partial + " that stopped in the middle", failures));
            for (int i = 0; i < partial; i++) {
                try (Socket deaf = new Socket("127.0.0.1", door.port())) {
                    deaf.getOutputStream().write(wire);
                }
            }
            longest = Math.max(longest, serve(door, given, example, "after " + partial + " that did not wait for their answer", failures));
            if (!slow.get(MILLIS, TimeUnit.MILLISECONDS)) {
                failures.add("The one that sent byte by byte got no answer.");
            }
            for (Socket socket : silent) {
                socket.close();
            }
            serve(door, given, example, "after all had gone", failures);
            Trial.settle(happenings, Trial.PATIENCE);
            Map<String, List<StoredRecord>> came = happenings.records();
            Trial.differences(List.of(example), came).forEach(d -> failures.add("A part of a message became a record. " + d));
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        return new Check(name(), "By " + door.kind() + ": one sends byte by byte, five say nothing, " + partial
                + " stop in the middle (half of them stay connected), " + partial + " close without reading the answer.",
                "others were served within " + longest + " ms, no part of a message became a record", failures, false);
    }

    private static long serve(Door door, byte[] given, CaseFile example, String when, List<String> failures) {
        long began = System.nanoTime();
        try {
            String answer = door.give(example.given().get(0).getFileName().toString(), given);
            if (!example.answers().isEmpty() && !door.answers(answer, example.answers().get(0))) {
                failures.add("Another was not served " + when + ": " + answer);
            }
        } catch (IOException e) {
            failures.add("Another was not served " + when + ": " + e.getMessage());
        }
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private static boolean byteByByte(Door door, byte[] wire, int millis) {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(MILLIS);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            long pause = TimeUnit.MILLISECONDS.toNanos(millis) / wire.length;
            for (byte b : wire) {
                out.write(b);
                LockSupport.parkNanos(pause);
            }
            if (door.kind() == Door.Kind.TCP) {
                socket.shutdownOutput();
            }
            return socket.getInputStream().read() >= 0 || door.kind() == Door.Kind.TCP;
        } catch (IOException e) {
            return false;
        }
    }
}
