package org.yuzui.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Message;
import org.yuzui.records.DryRun;
import org.yuzui.records.Replay;
import org.yuzui.records.Replay.State;
import org.yuzui.records.ReplayFailure;
import org.yuzui.records.ReplayOfFlow;
import org.yuzui.records.ReplayPreview;
import org.yuzui.records.ReplayRequest;
import org.yuzui.records.Replays;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notes what it is asked for, and does none of it. */
final class FakeReplays implements Replays {

    private final List<Replay> all = new ArrayList<>();
    final List<Consumer<Replay>> listeners = new CopyOnWriteArrayList<>();
    ReplayRequest asked;
    UUID mended;
    byte[] message;
    boolean asFile;

    @Override
    public void goOn() {
    }

    @Override
    public ReplayPreview preview(ReplayRequest request) {
        asked = request;
        return new ReplayPreview(3, 2, 1);
    }

    @Override
    public Replay start(ReplayRequest request, String who) {
        asked = request;
        if (request.action() == ReplayRequest.Action.DISMISS && request.reason() == null) {
            throw new ProblemException(new Problem("no-reason", "reason", "What is dismissed needs a reason.", "Say why."));
        }
        Replay replay = new Replay(all.size() + 1, request.action(), State.RUNNING, who, request.reason(), "{}", Instant.EPOCH, null, 6, 0, 2,
                1, null);
        all.add(replay);
        return replay;
    }

    @Override
    public void mend(UUID refused, Message sent, String who, String reason) {
        byte[] bytes = sent.bytes();
        asFile = sent.isFile();
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith("bad")) {
            throw new RefusedException("charset", "byte 3", "This is no UTF-8.");
        }
        if (text.startsWith("unknown")) {
            throw new ProblemException(Problem.of("unknown-record", "There is none."));
        }
        if (text.startsWith("delivered")) {
            throw new ProblemException(Problem.of("not-refused", "It was delivered."));
        }
        if (text.startsWith("no json")) {
            throw new ProblemException(Problem.of("not-json", "It is not JSON."));
        }
        if (text.startsWith("away")) {
            throw new ProblemException(Problem.of("journal-unavailable", "Not now."));
        }
        mended = refused;
        message = bytes;
    }

    @Override
    public DryRun rehearse(UUID flow, byte[] bytes, ReplayRequest.Version version) {
        message = bytes;
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("value", 2);
        return new DryRun(flow, "his", "receive-visit", "0.1.0", JsonNodeFactory.instance.objectNode().put("value", 1), content,
                List.of(new DryRun.Difference("/value", JsonNodeFactory.instance.numberNode(1), JsonNodeFactory.instance.numberNode(2))),
                List.of(new DryRun.Outcome(flow, "his.visit.v1", "K", DryRun.Kind.VERSION, content)), 7,
                version == ReplayRequest.Version.ORIGINAL ? new Problem("charset", "byte 3", "No.", null) : null, List.of("to: file:out"));
    }

    @Override
    public List<ReplayFailure> failures(long id, int most) {
        return List.of(new ReplayFailure(FakeHub.REFUSED, "The facility 'X' is mapped to no unit."), new ReplayFailure(new UUID(0, 0xff), null));
    }

    @Override
    public List<Replay> recent(int most) {
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    @Override
    public Optional<Replay> find(long id) {
        return all.stream().filter(r -> r.id() == id).findFirst();
    }

    @Override
    public List<ReplayOfFlow> of(UUID flow, int most) {
        return all.stream().map(r -> new ReplayOfFlow(r, ReplayOfFlow.Outcome.FAILED, "charset")).limit(most).toList();
    }

    @Override
    public Registration listen(Consumer<Replay> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void pause(long id) {
        turn(id, State.PAUSED);
    }

    @Override
    public void resume(long id) {
        turn(id, State.RUNNING);
    }

    @Override
    public void stop(long id) {
        turn(id, State.STOPPED);
    }

    private void turn(long id, State to) {
        all.replaceAll(r -> r.id() != id ? r : new Replay(id, r.action(), to, r.who(), r.reason(), r.about(), r.startedAt(), r.endedAt(),
                r.total(), r.done(), r.skipped(), r.failed(), r.problem()));
        find(id).ifPresent(r -> listeners.forEach(l -> l.accept(r)));
    }

    @Override
    public void close() {
    }
}
