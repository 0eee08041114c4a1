package org.yuzui.plugin.vehicle.platform;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import org.apache.camel.Processor;
import org.yuzui.plugin.vehicle.Fleet;
import org.yuzui.plugin.vehicle.jt809.Frames;
import org.yuzui.plugin.vehicle.terminal.Desk;
import org.yuzui.plugin.vehicle.terminal.LineConsumer;
import org.yuzui.plugin.vehicle.terminal.LineEndpoint;
import org.yuzui.plugin.vehicle.terminal.Server;
import org.yuzui.plugin.vehicle.wire.FrameSplitter;
import org.yuzui.spi.Settings;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Serves platforms, and makes exchanges of what they bring. */
final class PlatformConsumer extends LineConsumer {

    private static final int MOST_LINKS = 64;
    private static final int DESK_CAPACITY = 4096;
    private static final int MOST_AT_ONCE = 250;

    private final LineEndpoint endpoint;
    private final Fleet fleet;
    private final int idleSeconds;
    private final Map<Long, Peer> peers;
    private Desk desk;
    private Server server;

    PlatformConsumer(LineEndpoint endpoint, Processor processor, Settings settings, Fleet fleet) {
        super(endpoint, processor, "jt809");
        this.endpoint = endpoint;
        this.fleet = fleet;
        this.idleSeconds = settings.number("platforms.idleSeconds", 180);
        this.peers = Peer.of(settings);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        desk = new Desk("jt809", this, 1, DESK_CAPACITY, MOST_AT_ONCE);
        try {
            server = Server.open("jt809", endpoint.address(), MOST_LINKS, this::fill, "platforms");
        } catch (Exception e) {
            desk.close();
            throw e;
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (server != null) {
            server.stopReading();
            desk.close();
            server.close();
            server = null;
        }
        super.doStop();
    }

    private void fill(ChannelPipeline pipeline) {
        pipeline.addLast(new IdleStateHandler(idleSeconds, 0, 0, TimeUnit.SECONDS));
        pipeline.addLast(new FrameSplitter(Frames.FIRST, Frames.LAST, Frames.MOST_ESCAPED));
        pipeline.addLast(new Link(desk, fleet, peers));
    }
}
