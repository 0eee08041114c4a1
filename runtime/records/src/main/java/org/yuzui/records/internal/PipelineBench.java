package org.yuzui.records.internal;

import org.yuzui.broker.Broker;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.contracts.Contract;
import org.yuzui.kernel.HubThreads;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.Hop;
import org.yuzui.records.Draft;
import org.yuzui.records.SubscriptionStatus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;

/** The bench in the pipeline itself. */
final class PipelineBench implements Workbench {

    private final RecordPipeline pipeline;
    private final DeadLetters letters;
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, HubThreads.named("yuzui-bench-timer"));

    PipelineBench(RecordPipeline pipeline, Broker broker) {
        this.pipeline = pipeline;
        this.letters = new DeadLetters(broker, pipeline.ledger(), pipeline, timer);
    }

    @Override
    public Optional<Contract> contract(String id) {
        return pipeline.contract(id);
    }

    @Override
    public CheckedRecord check(Draft draft) {
        return pipeline.check(draft).record();
    }

    @Override
    public boolean isKnown(CheckedRecord record) {
        return pipeline.isKnown(record);
    }

    @Override
    public void passDeadLetters(SubscriptionStatus subscription, Map<UUID, Flow> chosen, Deed deed, Function<Envelope, Hop> hop,
                                Pace pace) {
        letters.pass(DeadLetters.Pile.of(subscription), chosen, deed, hop, pace);
    }

    @Override
    public void sendAgain(String subscription, List<Envelope> records, Function<Envelope, Hop> hop) {
        letters.sendAgain(subscription, records, hop);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
