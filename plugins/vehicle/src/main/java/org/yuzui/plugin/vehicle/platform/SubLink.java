package org.yuzui.plugin.vehicle.platform;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.vehicle.jt809.Frames;
import org.yuzui.plugin.vehicle.jt809.Frames.Standard;
import org.yuzui.plugin.vehicle.jt809.Header;
import org.yuzui.plugin.vehicle.jt809.Message;
import org.yuzui.plugin.vehicle.wire.BadMessage;
import org.yuzui.plugin.vehicle.wire.ByteWriter;
import org.yuzui.plugin.vehicle.wire.FrameSplitter;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The superior's connection back to a platform, as long as its main link is there: it shows the code of the main link's
 * log-in, and keeps alive. Nothing is asked over it; some platforms want it all the same. All of it runs in the main link's
 * event loop.
 */
final class SubLink {

    private static final Logger LOG = LoggerFactory.getLogger(SubLink.class);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int SILENCE_SECONDS = 180;
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final Channel main;
    private final InetSocketAddress address;
    private final Header like;
    private final long code;
    private final Clock clock = Clock.systemUTC();
    private Channel channel;
    private long seq;
    private int waitSeconds = 1;

    /**
     * @param like the log-in's header
     * @param code of its answer
     */
    SubLink(Channel main, InetSocketAddress address, Header like, long code) {
        this.main = main;
        this.address = address;
        this.like = like;
        this.code = code;
        main.closeFuture().addListener(f -> close());
    }

    void connect() {
        if (!main.isActive()) {
            return;
        }
        ChannelFuture connecting = new Bootstrap().group(main.eventLoop()).channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS).handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel c) {
                        c.pipeline().addLast(new IdleStateHandler(SILENCE_SECONDS, KEEP_ALIVE_SECONDS, 0, TimeUnit.SECONDS))
                                .addLast(new FrameSplitter(Frames.FIRST, Frames.LAST, Frames.MOST_ESCAPED)).addLast(new Answers());
                    }
                }).connect(address);
        channel = connecting.channel();
        connecting.addListener(f -> {
            if (!f.isSuccess()) {
                again("can't be reached");
            }
        });
        channel.closeFuture().addListener(f -> {
            if (connecting.isSuccess()) {
                again("was closed");
            }
        });
    }

    private void again(String why) {
        if (main.isActive()) {
            if (waitSeconds == 1) { // once until it works again
                LOG.info("jt809 sub-link to {}: it {}, and is tried again until the main link ends", address, why);
            }
            main.eventLoop().schedule(this::connect, waitSeconds, TimeUnit.SECONDS);
            waitSeconds = Math.min(LONGEST_WAIT_SECONDS, waitSeconds * 2);
        }
    }

    private void close() {
        if (channel != null) {
            channel.close();
        }
    }

    private final class Answers extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            send(context, Header.SUB_LOG_IN, new ByteWriter().u32(code).toBytes());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            if (!(read instanceof byte[] escaped)) {
                context.close(); // no frame
                return;
            }
            try {
                Message message = Frames.decode(escaped, like.v2019() ? Standard.V2019 : Standard.V2011);
                if (message.header().id() == Header.SUB_LOGGED_IN) {
                    int result = message.body().length == 0 ? -1 : message.body()[0];
                    if (result != 0) {
                        LOG.info("jt809 sub-link to {}: the platform refuses it, {}", address, result);
                        context.close();
                    } else {
                        waitSeconds = 1;
                    }
                }
            } catch (BadMessage e) {
                context.close();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent idle) {
                if (idle.state() == IdleState.READER_IDLE) {
                    context.close();
                } else {
                    send(context, Header.SUB_KEEP_ALIVE, new byte[0]);
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("jt809 sub-link to {}: closed, {}", address, cause.toString());
            context.close();
        }

        private void send(ChannelHandlerContext context, int id, byte[] body) {
            context.writeAndFlush(Unpooled.wrappedBuffer(Frames.encode(like.answer(id, ++seq, clock.instant().getEpochSecond()), body)));
        }
    }
}
