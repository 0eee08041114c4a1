package org.yuzui.plugin.vehicle.platform;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import org.apache.camel.Processor;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.plugin.vehicle.Fleet;
import org.yuzui.plugin.vehicle.jt809.Frames;
import org.yuzui.plugin.vehicle.terminal.LineConsumer;
import org.yuzui.plugin.vehicle.wire.FrameSplitter;
import org.yuzui.spi.Settings;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Serves platforms, and makes exchanges of what they bring. */
final class PlatformConsumer extends LineConsumer {

    private static final Bounds BOUNDS = new Bounds("jt809", "platforms", 64, 1, 4096, 250);

    private final Fleet fleet;
    private final int idleSeconds;
    private final Map<Long, Peer> peers;

    PlatformConsumer(ListeningEndpoint endpoint, Processor processor, Settings settings, Fleet fleet) {
        super(endpoint, processor, BOUNDS);
        this.fleet = fleet;
        this.idleSeconds = settings.number("platforms.idleSeconds", 180);
        this.peers = Peer.of(settings);
    }

    @Override
    protected void fill(ChannelPipeline pipeline) {
        pipeline.addLast(new IdleStateHandler(idleSeconds, 0, 0, TimeUnit.SECONDS));
        pipeline.addLast(new FrameSplitter(Frames.FIRST, Frames.LAST, Frames.MOST_ESCAPED));
        pipeline.addLast(new Link(desk(), fleet, peers));
    }
}
