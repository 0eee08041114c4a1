package org.yuzui.launcher.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends lanes of messages, each over a connection of its own and one message after the other: the next one goes out when
 * the answer is in. A lane whose connection breaks connects again and repeats the message that it has no answer for, as a
 * HIS does; nothing counts twice by that.
 */
public final class Sender {

    private static final Duration PAUSE = Duration.ofMillis(100);
    /** A message that broke the connection so often is not sent again: the other side does not want it. */
    private static final int MAX_BROKEN = 3;

    /**
     * @param rate    messages a second over all connections; 0 is as fast as they are answered
     * @param timeout how long to wait for a connection or an answer
     * @param patience how long a lane goes on trying to connect again before it gives up
     */
    public record Line(String host, int port, double rate, Duration timeout, Duration patience) {
        public Line(String host, int port) {
            this(host, port, 0, Duration.ofSeconds(30), Duration.ofSeconds(10));
        }
    }

    private final Line line;
    private final AtomicLong tickets = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final boolean remember;
    private long begun;

    public Sender(Line line) {
        this(line, false);
    }

    /** @param remember whether to keep the control ids that were answered AA, for {@link #acknowledged()} */
    public Sender(Line line, boolean remember) {
        this.line = line;
        this.remember = remember;
    }

    /** Sends a traffic over so many connections and waits for the end. */
    public SendReport send(Traffic traffic, int connections) throws IOException, InterruptedException {
        return send(traffic.lanes(connections));
    }

    /** Sends the {@code *.hl7} files of a folder over one connection, in the order of their names. */
    public SendReport send(Path folder) throws IOException, InterruptedException {
        return send(List.of(Hl7Files.read(folder)));
    }

    /** Ends a send that is under way: what was not sent yet is reported so. */
    public void stop() {
        stopped.set(true);
    }

    /** Answers so far; may be read while a send is under way. */
    public long answered() {
        return answers.get();
    }

    /** Control ids that were answered AA so far, if they are remembered; may be read while a send is under way. */
    public List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    private SendReport send(List<List<Outgoing>> lanes) throws IOException, InterruptedException {
        probe();
        begun = System.nanoTime();
        tickets.set(0);
        List<Tally> tallies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (List<Outgoing> lane : lanes) {
            Tally tally = new Tally(lane.size());
            tallies.add(tally);
            Thread thread = new Thread(() -> run(lane, tally), "sender-" + threads.size());
            threads.add(thread);
            thread.start();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            stopped.set(true);
        }
        return SendReport.of(tallies, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** A wrong host or port is one clear error, not a failure per message. */
    private void probe() throws IOException {
        new MllpLine(line.host(), line.port(), line.timeout()).close();
    }

    private void run(List<Outgoing> lane, Tally tally) {
        MllpLine open = null;
        try {
            for (Outgoing message : lane) {
                await();
                if (stopped.get()) {
                    return;
                }
                open = deliver(message, open, tally);
            }
        } finally {
            if (open != null) {
                open.close();
            }
        }
    }

    /** Sends one message until it is answered or patience ends; gives the connection to go on with, if there is one. */
    private MllpLine deliver(Outgoing message, MllpLine before, Tally tally) {
        MllpLine open = before;
        Outgoing.Frame frame = message.frame();
        long giveUp = System.nanoTime() + line.patience().toNanos();
        int broken = 0;
        while (true) {
            boolean connected = false;
            try {
                open = open == null ? new MllpLine(line.host(), line.port(), line.timeout()) : open;
                connected = true;
                long start = System.nanoTime();
                Answer answer = open.send(frame.bytes());
                tally.answered(message, frame, answer, System.nanoTime() - start);
                answers.incrementAndGet();
                if (remember && answer.code().equals("AA") && frame.controlId() != null) {
                    acknowledged.add(frame.controlId());
                }
                return open;
            } catch (IOException e) {
                if (open != null) {
                    open.close();
                    open = null;
                }
                broken += connected ? 1 : 0;
                boolean patienceOver = System.nanoTime() - giveUp >= 0;
                if (stopped.get() || patienceOver || broken >= MAX_BROKEN) {
                    tally.failed(message, connected ? said(e) : "No connection: " + said(e));
                    // With nobody listening any more the rest would only fail one by one, each after its patience.
                    stopped.compareAndSet(false, !connected);
                    return null;
                }
                tally.repeated();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Waits for this message's turn when a rate is set. */
    private void await() {
        if (line.rate() <= 0) {
            return;
        }
        long due = begun + (long) (tickets.getAndIncrement() * 1e9 / line.rate());
        for (long left = due - System.nanoTime(); left > 0 && !stopped.get(); left = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, PAUSE.toNanos()));
        }
    }
}
