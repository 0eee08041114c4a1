package org.yuzui.door;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A listening socket with its threads and the lines that it has; closing it ends them. */
public final class LineServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineServer.class);
    private static final int BACKLOG = 4096;
    private static final int CLOSE_SECONDS = 2;

    private final EventLoopGroup threads;
    // Netty's global executor would be a thread that outlives this plugin.
    private final ChannelGroup lines = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    private Channel listening;
    private volatile boolean full;

    private LineServer(String name) {
        threads = new NioEventLoopGroup(Math.min(4, Runtime.getRuntime().availableProcessors()),
                new DefaultThreadFactory(name, true));
    }

    /**
     * Listens.
     *
     * @param name    of its threads, and of itself in the log
     * @param most    lines at a time; a further one is closed at once
     * @param fill    adds a line's handlers
     * @param setting where the address stands in the plugin's settings, for the message
     * @throws BindException naming the address
     */
    public static LineServer open(String name, InetSocketAddress address, int most, Consumer<ChannelPipeline> fill,
                                  String setting) throws BindException {
        LineServer server = new LineServer(name);
        ServerBootstrap bootstrap = new ServerBootstrap().group(server.threads).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true).childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(4096, 16384))
                .childOption(ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(128, 1024, 8192))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (server.lines.size() >= most) {
                            server.turnAway(name, most);
                            channel.close();
                            return;
                        }
                        server.full = false;
                        server.lines.add(channel);
                        fill.accept(channel.pipeline());
                    }
                });
        try {
            server.listening = bootstrap.bind(address).syncUninterruptibly().channel();
            return server;
        } catch (Exception e) { // Netty throws a BindException that it doesn't declare
            server.close();
            BindException failure = new BindException("Can't listen on " + address.getHostString() + ":" + address.getPort()
                    + ": the port is in use, or the address is not this machine's. Free it, or set " + setting + ".host and "
                    + setting + ".port.");
            failure.initCause(e);
            throw failure;
        } finally {
            FastThreadLocal.removeAll(); // the hub's thread must keep nothing of this plugin
        }
    }

    private void turnAway(String name, int most) {
        if (!full) {
            full = true;
            LOG.warn("{}: lines are turned away, all {} are in use", name, most);
        }
    }

    /** No new line, nothing more is read; answers still go out. */
    public void stopReading() {
        if (listening != null) {
            listening.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        lines.forEach(channel -> channel.config().setAutoRead(false));
    }

    @Override
    public void close() {
        try {
            if (listening != null) {
                listening.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
            lines.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
            if (!threads.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS + 1, TimeUnit.SECONDS)) {
                LOG.warn("The lines' threads did not end within {} s", CLOSE_SECONDS + 1);
            }
        } finally {
            FastThreadLocal.removeAll();
        }
    }
}
