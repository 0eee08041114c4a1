package org.yuzui.plugin.vehicle.platform;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.vehicle.Car;
import org.yuzui.plugin.vehicle.Fleet;
import org.yuzui.plugin.vehicle.PositionRecords;
import org.yuzui.plugin.vehicle.jt809.Dynamic;
import org.yuzui.plugin.vehicle.jt809.Frames;
import org.yuzui.plugin.vehicle.jt809.Frames.Standard;
import org.yuzui.plugin.vehicle.jt809.Header;
import org.yuzui.plugin.vehicle.jt809.LogIn;
import org.yuzui.plugin.vehicle.jt809.Message;
import org.yuzui.plugin.vehicle.terminal.Arrival;
import org.yuzui.plugin.vehicle.terminal.Desk;
import org.yuzui.plugin.vehicle.terminal.Flow;
import org.yuzui.plugin.vehicle.wire.BadMessage;
import org.yuzui.plugin.vehicle.wire.ByteWriter;
import org.yuzui.plugin.vehicle.wire.FrameSplitter;
import org.yuzui.spi.RefusedException;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A platform's main link. All of it runs in the channel's event loop. */
final class Link extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final int OK = 0;
    private static final int BAD_CENTRE = 2;
    private static final int NOT_REGISTERED = 3;
    private static final int BAD_PASSWORD = 4;
    private static final int OTHER = 0xFF;
    private static final int MOST_FAULTS = 10;
    /** A link brings what thousands of vehicles tell, one position a message: as many as are handed over at once. */
    private static final int MOST_PENDING = 256;
    private static final int MOST_STRANGERS = 10_000;

    private final Desk desk;
    private final Fleet fleet;
    private final Map<Long, Peer> peers;
    private final Clock clock = Clock.systemUTC();
    private final Set<Integer> ignored = new HashSet<>();
    private final Set<String> strangers = new HashSet<>();
    private ChannelHandlerContext context;
    private Flow flow;
    private String address;
    private Peer peer;
    private Standard standard = Standard.UNKNOWN;
    private long seq;
    private int faults;
    private boolean connectedBack;

    Link(Desk desk, Fleet fleet, Map<Long, Peer> peers) {
        this.desk = desk;
        this.fleet = fleet;
        this.peers = peers;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        flow = new Flow(ctx, desk, MOST_PENDING);
        address = ctx.channel().remoteAddress() instanceof InetSocketAddress a
                ? a.getAddress().getHostAddress() + ":" + a.getPort() : "unknown";
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        if (read instanceof FrameSplitter.Broken broken) {
            refuse(broken.why(), "frame", broken.kept());
            return;
        }
        byte[] escaped = (byte[]) read;
        String type = "frame";
        try {
            Message message = Frames.decode(escaped, standard);
            type = message.header().idText();
            if (message.header().id() == Header.LOG_IN) {
                logIn(message);
            } else if (peer == null) {
                refuse(new RefusedException("not-logged-in", "0x1001", "The platform has not logged in."), type, new byte[0]);
            } else {
                take(Frames.decrypt(message, peer.cipher()), escaped);
            }
        } catch (BadMessage e) {
            refuse(e, type, escaped);
        }
    }

    /** The user stands in the body, and the key that it is encrypted with belongs to the user: the access code names both. */
    private void logIn(Message message) {
        Header header = message.header();
        LogIn logIn = null;
        Peer claimed = null;
        if (header.encrypted()) {
            for (Peer candidate : peers.values()) {
                if (candidate.cipher() != null && (candidate.centre() < 0 || candidate.centre() == header.centre())) {
                    LogIn tried = LogIn.decode(header, Frames.decrypt(message, candidate.cipher()).body());
                    if (tried.user() == candidate.user()) {
                        logIn = tried;
                        claimed = candidate;
                    }
                }
            }
        } else {
            logIn = LogIn.decode(header, message.body());
            claimed = peers.get(logIn.user());
        }
        int result = result(header, logIn, claimed);
        long code = result == OK ? ThreadLocalRandom.current().nextLong(1L << 32) : 0;
        byte[] body = new ByteWriter().u8(result).u32(code).toBytes();
        send(header.answer(Header.LOGGED_IN, ++seq, clock.instant().getEpochSecond()), body, result != OK);
        if (result == OK) {
            peer = claimed;
            standard = header.v2019() ? Standard.V2019 : Standard.V2011;
            LOG.info("jt809 {}: {} logged in, {}", address, peer, standard);
            connectBack(header, logIn.downPort(), code);
        } else {
            refuse(new RefusedException("log-in-refused", "0x1001", "The log-in is answered with " + result
                    + (result == NOT_REGISTERED || result == OTHER ? ": add the platform to platforms.peers." : ".")), header.idText(), new byte[0]);
        }
    }

    /** Once a main link; never to an address that only the log-in names. */
    private void connectBack(Header header, int port, long code) {
        if (peer.subLink() && !connectedBack && port > 0 && context.channel().remoteAddress() instanceof InetSocketAddress from) {
            connectedBack = true;
            InetSocketAddress to = peer.subHost().isEmpty() ? new InetSocketAddress(from.getAddress(), port)
                    : InetSocketAddress.createUnresolved(peer.subHost(), port);
            new SubLink(context.channel(), to, header, code).connect();
        }
    }

    private static int result(Header header, LogIn logIn, Peer claimed) {
        if (logIn == null) {
            return OTHER; // encrypted with constants that nobody agreed on
        }
        if (claimed == null) {
            return NOT_REGISTERED;
        }
        if (claimed.centre() >= 0 && claimed.centre() != header.centre()) {
            return BAD_CENTRE;
        }
        boolean right = MessageDigest.isEqual(claimed.password().getBytes(StandardCharsets.UTF_8),
                logIn.password().getBytes(StandardCharsets.UTF_8));
        boolean standard = claimed.standard() == Standard.UNKNOWN
                || header.v2019() == (claimed.standard() == Standard.V2019);
        return !right ? BAD_PASSWORD : standard ? OK : OTHER;
    }

    private void take(Message message, byte[] escaped) {
        Header header = message.header();
        switch (header.id()) {
            case Header.KEEP_ALIVE -> send(header.answer(Header.ALIVE, ++seq, clock.instant().getEpochSecond()), new byte[0], false);
            case Header.LOG_OUT -> send(header.answer(Header.LOGGED_OUT, ++seq, clock.instant().getEpochSecond()), new byte[0], true);
            case Header.DYNAMIC -> dynamic(message, escaped);
            default -> ignore(header.id(), header);
        }
    }

    private void dynamic(Message message, byte[] escaped) {
        Header header = message.header();
        Dynamic data = Dynamic.decode(header, message.body());
        if (data.positions().isEmpty()) {
            ignore(data.id(), header);
            return;
        }
        Optional<Car> car = fleet.byPlate(data.plate(), data.colour());
        if (car.isEmpty()) {
            if (strangers.size() < MOST_STRANGERS && strangers.add(data.plate())) { // once each: it sends without end
                desk.put(this, new Arrival(Arrival.Kind.REFUSED, List::of, new RefusedException("unknown-vehicle", "plate",
                        "The vehicle is not known. Add it to the base data or to vehicles in the plugin's settings."),
                        source(), data.idText(), String.valueOf(header.seq()), new byte[0], Arrival.Told.NOBODY));
            }
            return;
        }
        boolean taken = flow.put(data.plate(), new Arrival(Arrival.Kind.POSITIONS,
                () -> PositionRecords.of(car.get(), "jt809", data.id() == Header.POSITIONS, data.positions()), null, source(),
                data.idText(), String.valueOf(header.seq()), escaped, new Told()));
        if (!taken) {
            giveUp();
        }
    }

    /** 809 has no answer to a position: what can't be kept is asked for by ending the link, the platform makes it up by 0x1203. */
    private void giveUp() {
        LOG.warn("jt809 {}: closed, its positions can't be kept now", address);
        context.close();
    }

    private void ignore(int kind, Header header) {
        if (ignored.add(kind)) {
            desk.put(this, new Arrival(Arrival.Kind.IGNORED, List::of, null, source(), "0x%04X".formatted(kind),
                    String.valueOf(header.seq()), null, Arrival.Told.NOBODY));
        }
    }

    private void refuse(RefusedException why, String type, byte[] kept) {
        desk.put(this, new Arrival(Arrival.Kind.REFUSED, List::of, why, source(), type, null, kept, Arrival.Told.NOBODY));
        if (++faults >= MOST_FAULTS) {
            LOG.info("jt809 {}: closed after {} faults", address, faults);
            context.close();
        }
    }

    private String source() {
        return "jt809 " + address + (peer == null ? "" : " " + peer.user());
    }

    private void send(Header header, byte[] body, boolean last) {
        var sent = context.writeAndFlush(Unpooled.wrappedBuffer(Frames.encode(header, body)));
        if (last) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        flow.readOrWait();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            flow.end();
        }
        if (event instanceof IdleStateEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof java.io.IOException) {
            LOG.debug("jt809 {}: closed, {}", address, cause.getMessage());
        } else {
            LOG.warn("jt809 {}: closed", address, cause);
        }
        ctx.close();
    }

    private final class Told implements Arrival.Told {

        @Override
        public void durable() {
            context.executor().execute(flow::done);
        }

        @Override
        public void refused() {
            context.executor().execute(flow::done);
        }

        @Override
        public void later() {
            context.executor().execute(() -> {
                flow.done();
                giveUp();
            });
        }
    }
}
