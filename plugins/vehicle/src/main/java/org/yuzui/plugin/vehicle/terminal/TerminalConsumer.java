package org.yuzui.plugin.vehicle.terminal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import org.apache.camel.Processor;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.plugin.vehicle.Fleet;
import org.yuzui.plugin.vehicle.jt808.Frames;
import org.yuzui.plugin.vehicle.wire.FrameSplitter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Serves terminals, and makes exchanges of what they bring. */
final class TerminalConsumer extends LineConsumer implements Line.Lines {

    /** Two, so that one works while the other waits for a commit; more share the same commits. */
    private static final int DESK_THREADS = 2;
    private static final int MOST_AT_ONCE = 100;

    private final TerminalSettings settings;
    private final Fleet fleet;
    private final Codes codes;
    private final Map<String, Channel> online = new ConcurrentHashMap<>();

    TerminalConsumer(ListeningEndpoint endpoint, Processor processor, TerminalSettings settings, Fleet fleet) {
        super(endpoint, processor, new Bounds("jt808", "listen", settings.maxConnections(), DESK_THREADS, settings.deskCapacity(), MOST_AT_ONCE));
        this.settings = settings;
        this.fleet = fleet;
        this.codes = new Codes(settings.key());
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        online.clear();
    }

    @Override
    protected void fill(ChannelPipeline pipeline) {
        pipeline.addLast(new IdleStateHandler(settings.idle().toSeconds(), 0, 0, TimeUnit.SECONDS));
        pipeline.addLast(new FrameSplitter(Frames.FLAG, Frames.FLAG, Frames.MOST_ESCAPED));
        pipeline.addLast(new Line(this));
    }

    @Override
    public void online(String terminal, Channel channel, boolean proved) {
        Channel before = proved ? online.put(terminal, channel) : online.putIfAbsent(terminal, channel);
        if (before == channel) {
            return;
        }
        if (proved && before != null) {
            before.close(); // the terminal came back before its old line was noticed to be dead
        }
        channel.closeFuture().addListener(f -> online.remove(terminal, channel));
    }

    @Override
    public Fleet fleet() {
        return fleet;
    }

    @Override
    public Codes codes() {
        return codes;
    }

    @Override
    public TerminalSettings settings() {
        return settings;
    }
}
