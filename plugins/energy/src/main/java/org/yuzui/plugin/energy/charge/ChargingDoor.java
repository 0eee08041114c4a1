package org.yuzui.plugin.energy.charge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.ImmediateEventExecutor;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** {@code POST …/evcs/<version>/<service>}, one call a connection; bounded in connections, in bytes and in calls that wait. */
final class ChargingDoor implements AutoCloseable {

    private static final Set<String> SERVICES = Set.of(ChargingConsumer.TOKEN, ChargingConsumer.ORDER, ChargingConsumer.STATUS);
    private static final int CONNECTIONS = 200;
    private static final int MOST_BYTES = 256 << 10;
    private static final int SILENCE_SECONDS = 30;
    private static final int WAITING = 64;
    private static final int CLOSE_SECONDS = 2;

    /** Answers a call, from a thread that may wait. */
    interface Desk {
        ObjectNode answer(String service, String authorization, byte[] body);
    }

    private final EventLoopGroup loops = new NioEventLoopGroup(1, new DefaultThreadFactory("energy-charging", true));
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING),
            new DefaultThreadFactory("energy-charging-desk", true));
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    private final Desk desk;
    private Channel listening;

    private ChargingDoor(Desk desk) {
        this.desk = desk;
    }

    /** @throws BindException naming the address */
    static ChargingDoor open(InetSocketAddress address, Desk desk) throws BindException {
        ChargingDoor door = new ChargingDoor(desk);
        try {
            door.listening = new ServerBootstrap().group(door.loops).channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true).childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            if (door.connections.size() >= CONNECTIONS) {
                                channel.close();
                                return;
                            }
                            door.connections.add(channel);
                            channel.pipeline().addLast(new ReadTimeoutHandler(SILENCE_SECONDS)).addLast(new HttpServerCodec())
                                    .addLast(new HttpObjectAggregator(MOST_BYTES)).addLast(door.new Call());
                        }
                    }).bind(address).syncUninterruptibly().channel();
            return door;
        } catch (Exception e) { // Netty throws a BindException that it doesn't declare
            door.close();
            BindException failure = new BindException("Can't listen on " + address.getHostString() + ":" + address.getPort()
                    + ": the port is in use, or the address is not this machine's. Free it, or set charging.host and charging.port.");
            failure.initCause(e);
            throw failure;
        } finally {
            FastThreadLocal.removeAll(); // the hub's thread must keep nothing of this plugin
        }
    }

    @Override
    public void close() {
        try {
            if (listening != null) {
                listening.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
            threads.getQueue().clear(); // not answered, so sent again
            threads.shutdown();
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
            connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
            loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS + 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            FastThreadLocal.removeAll();
        }
    }

    private final class Call extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            String path = request.uri().split("\\?", 2)[0];
            String service = path.substring(path.lastIndexOf('/') + 1);
            if (!request.decoderResult().isSuccess() || !request.method().equals(HttpMethod.POST) || !SERVICES.contains(service)) {
                send(context, HttpResponseStatus.NOT_FOUND, "");
                return;
            }
            String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
            byte[] body = ByteBufUtil.getBytes(request.content());
            context.channel().config().setAutoRead(false);
            try {
                threads.execute(() -> send(context, HttpResponseStatus.OK, desk.answer(service, authorization, body).toString()));
            } catch (RejectedExecutionException e) {
                send(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "");
            }
        }

        private void send(ChannelHandlerContext context, HttpResponseStatus status, String json) {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status,
                    Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes()).set(HttpHeaderNames.CONNECTION, "close");
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
