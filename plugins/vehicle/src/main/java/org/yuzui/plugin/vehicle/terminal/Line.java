package org.yuzui.plugin.vehicle.terminal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.buffer.Unpooled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.vehicle.Car;
import org.yuzui.plugin.vehicle.PositionRecords;
import org.yuzui.plugin.vehicle.jt808.Answers;
import org.yuzui.plugin.vehicle.jt808.Assembly;
import org.yuzui.plugin.vehicle.jt808.Authentication;
import org.yuzui.plugin.vehicle.jt808.Frames;
import org.yuzui.plugin.vehicle.jt808.Header;
import org.yuzui.plugin.vehicle.jt808.Message;
import org.yuzui.plugin.vehicle.jt808.Position;
import org.yuzui.plugin.vehicle.jt808.Positions;
import org.yuzui.plugin.vehicle.jt808.Registration;
import org.yuzui.plugin.vehicle.wire.BadMessage;
import org.yuzui.plugin.vehicle.wire.FrameSplitter;
import org.yuzui.spi.RefusedException;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A terminal's line: who it is, what it says, what it is answered. All of it runs in the channel's event loop. Positions are
 * answered when the desk says that they are durable, everything else at once.
 */
final class Line extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    /** A line that goes on sending what can't be read is closed after this many. */
    private static final int MOST_FAULTS = 10;
    private static final int MOST_PENDING = 16;
    private static final long ASK_AGAIN_SECONDS = 5;

    private final Lines lines;
    private final Assembly assembly = new Assembly();
    private final Set<Integer> ignored = new HashSet<>();
    private ChannelHandlerContext context;
    private Flow flow;
    private String peer;
    private String phone;
    private Car car;
    private boolean authenticated;
    private int seq;
    private int faults;
    private boolean asking;

    Line(Lines lines) {
        this.lines = lines;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.context = ctx;
        this.flow = new Flow(ctx, lines.desk(), MOST_PENDING);
        this.peer = ctx.channel().remoteAddress() instanceof InetSocketAddress a
                ? a.getAddress().getHostAddress() + ":" + a.getPort() : "unknown";
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        if (read instanceof FrameSplitter.Broken broken) {
            fault(broken.why(), broken.kept(), "frame");
            return;
        }
        byte[] escaped = (byte[]) read;
        Message message;
        try {
            message = Frames.decode(escaped);
        } catch (BadMessage e) {
            fault(e, escaped, "frame");
            return;
        }
        try {
            take(message, escaped);
        } catch (BadMessage e) {
            answer(message.header(), Answers.BAD_MESSAGE);
            fault(e, escaped, message.header().idText());
        }
    }

    private void take(Message message, byte[] escaped) {
        Header header = message.header();
        switch (header.id()) {
            case Header.TERMINAL_REPLY -> { }
            case Header.HEARTBEAT, Header.LOG_OUT -> answer(header, Answers.OK);
            case Header.ASK_TIME -> send(Header.TIME, header, Answers.time(LocalDateTime.now(lines.clock())));
            case Header.REGISTER -> register(message);
            case Header.AUTHENTICATE -> authenticate(message, escaped);
            case Header.POSITION, Header.POSITION_REPLY, Header.BATCH -> positions(message, escaped);
            default -> {
                answer(header, Answers.UNSUPPORTED);
                if (ignored.add(header.id())) { // once a line and kind: a flood must not become one in the ledger
                    lines.desk().put(this, new Arrival(Arrival.Kind.IGNORED, List::of, null, source(header), header.idText(),
                            String.valueOf(header.seq()), null, Arrival.Told.NOBODY));
                }
            }
        }
    }

    private void register(Message message) {
        Registration.decode(message.header(), message.body());
        Header header = message.header();
        Optional<Car> known = lines.fleet().byTerminal(header.terminal());
        if (known.isPresent()) {
            send(Header.REGISTERED, header, Answers.registered(header, lines.codes().of(known.get(), header.terminal())));
        } else {
            send(Header.REGISTERED, header, Answers.notRegistered(header, Answers.NO_SUCH_TERMINAL));
            refuse(unknown(), message.body(), header);
        }
    }

    private void authenticate(Message message, byte[] escaped) {
        Header header = message.header();
        Authentication shown = Authentication.decode(header, message.body());
        Optional<Car> known = lines.fleet().byTerminal(header.terminal());
        if (known.isPresent() && lines.codes().matches(known.get(), header.terminal(), shown.code())) {
            authenticated = true;
            become(header, known.get());
            answer(header, Answers.OK);
        } else {
            authenticated = false;
            answer(header, Answers.FAILED);
            // The code itself is not kept.
            refuse(known.isEmpty() ? unknown() : new RefusedException("bad-code", "code",
                    "The authentication code is not this terminal's. It has to register again."), new byte[0], header);
        }
    }

    private void positions(Message part, byte[] escaped) {
        Header header = part.header();
        if (!mayReport(header)) {
            answer(header, Answers.FAILED);
            return;
        }
        Message message = part;
        List<Header> answered = List.of(header);
        if (header.isPart()) {
            Assembly.Whole whole = assembly.add(part, System.nanoTime());
            if (whole == null) {
                askLater();
                return;
            }
            message = whole.message();
            answered = whole.parts();
        }
        List<Position> positions = Positions.decode(message.header().id(), message.body());
        if (positions.isEmpty()) {
            answered.forEach(h -> answer(h, Answers.OK));
            return;
        }
        boolean catchUp = Positions.isCatchUp(message.header().id(), message.body());
        Car whose = car;
        flow.put(phone, new Arrival(Arrival.Kind.POSITIONS, () -> PositionRecords.of(whose, "jt808", catchUp, positions), null,
                source(header), header.idText(), String.valueOf(header.seq()), escaped, new Reply(answered)));
    }

    /** Whether this line speaks for the terminal that the header names, and the site knows it. */
    private boolean mayReport(Header header) {
        if (header.phone().equals(phone) && car != null) {
            return true;
        }
        if (lines.settings().authentication()) {
            refuse(new RefusedException("not-authenticated", "0x0102",
                    "The terminal has not shown its authentication code on this line."), new byte[0], header);
            return false;
        }
        Optional<Car> known = lines.fleet().byTerminal(header.terminal());
        if (known.isEmpty()) {
            refuse(unknown(), new byte[0], header);
            return false;
        }
        become(header, known.get());
        return true;
    }

    private void become(Header header, Car known) {
        phone = header.phone();
        car = known;
        lines.online(header.terminal(), context.channel(), authenticated);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        flow.readOrWait();
    }

    /** Sub-packets that stay away are asked for. */
    private void askLater() {
        if (asking) {
            return;
        }
        asking = true;
        context.executor().schedule(() -> {
            asking = false;
            if (context.channel().isActive()) {
                for (Assembly.Missing m : assembly.missing(System.nanoTime())) {
                    send(Header.RESEND, m.like(), Answers.resend(m.like().v2019(), m.firstSeq(), m.numbers()));
                }
                if (!assembly.isEmpty()) {
                    askLater();
                }
            }
        }, ASK_AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    private void fault(BadMessage why, byte[] kept, String type) {
        lines.desk().put(this, new Arrival(Arrival.Kind.REFUSED, List::of, why, "jt808 " + peer + who(), type, null, kept,
                Arrival.Told.NOBODY));
        tolerate();
    }

    private void refuse(RefusedException why, byte[] kept, Header header) {
        lines.desk().put(this, new Arrival(Arrival.Kind.REFUSED, List::of, why, source(header), header.idText(),
                String.valueOf(header.seq()), kept, Arrival.Told.NOBODY));
        tolerate();
    }

    private void tolerate() {
        if (++faults >= MOST_FAULTS) {
            LOG.info("jt808 {}: closed after {} faults", peer, faults);
            context.close();
        }
    }

    private void answer(Header to, int result) {
        send(Header.PLATFORM_REPLY, to, Answers.general(to, result));
    }

    private void send(int id, Header to, byte[] body) {
        context.writeAndFlush(Unpooled.wrappedBuffer(Answers.frame(id, to, seq++ & 0xFFFF, body)));
    }

    private static RefusedException unknown() {
        return new RefusedException("unknown-terminal", "telephone number",
                "The terminal is no vehicle's. Add it to the base data or to vehicles in the plugin's settings.");
    }

    private String source(Header header) {
        return "jt808 " + peer + " " + header.terminal();
    }

    private String who() {
        return phone == null ? "" : " " + phone;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            flow.end();
        }
        if (event instanceof IdleStateEvent) {
            LOG.debug("jt808 {}: closed, silent", peer);
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof java.io.IOException) {
            LOG.debug("jt808 {}: closed, {}", peer, cause.getMessage());
        } else {
            LOG.warn("jt808 {}: closed", peer, cause);
        }
        ctx.close();
    }

    /** What the hub needs of the server. */
    interface Lines {
        Desk desk();

        org.yuzui.plugin.vehicle.Fleet fleet();

        Codes codes();

        TerminalSettings settings();

        /** UTC, for terminals that ask for the time. */
        default Clock clock() {
            return Clock.system(ZoneOffset.UTC);
        }

        /** A terminal speaks on this channel now; if it has proved who it is, an older line of it ends. */
        void online(String terminal, io.netty.channel.Channel channel, boolean proved);
    }

    /** Answers when it is known what became of the positions. */
    private final class Reply implements Arrival.Told {
        private final List<Header> answered;

        Reply(List<Header> answered) {
            this.answered = answered;
        }

        @Override
        public void durable() {
            done(Answers.OK);
        }

        @Override
        public void refused() {
            done(Answers.BAD_MESSAGE);
        }

        @Override
        public void later() {
            done(-1); // no answer: the terminal sends again
        }

        private void done(int result) {
            context.executor().execute(() -> {
                if (result >= 0) {
                    answered.forEach(h -> answer(h, result));
                }
                flow.done();
            });
        }
    }
}
