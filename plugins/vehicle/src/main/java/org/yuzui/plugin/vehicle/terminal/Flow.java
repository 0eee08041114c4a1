package org.yuzui.plugin.vehicle.terminal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/** Says when a line reads: not while it, the desk, or the answers that it should take are behind. For its event loop. */
public final class Flow {

    private final ChannelHandlerContext context;
    private final Desk desk;
    private final int most;
    private int pending;
    private boolean waitingForRoom;
    private boolean ended;

    /** @param most messages of the line that may lie at the desk; then it stops reading until half of them are done */
    public Flow(ChannelHandlerContext context, Desk desk, int most) {
        this.context = context;
        this.desk = desk;
        this.most = most;
    }

    /**
     * Puts something down whose {@link Arrival#told()} calls {@link #done()} in the event loop.
     *
     * @param line what the same line brings keeps its order
     * @return false when there was no room: it is not taken
     */
    public boolean put(Object line, Arrival arrival) {
        boolean taken = desk.put(line, arrival);
        if (taken) {
            pending++;
        }
        readOrWait();
        return taken;
    }

    /** Something that was put down is done. */
    public void done() {
        pending--;
        if (ended && pending == 0) {
            context.close();
            return;
        }
        readOrWait();
    }

    /** The far side sends nothing more but may still read: the line ends when all that it brought is answered. */
    public void end() {
        ended = true;
        if (pending == 0) {
            context.close();
        }
    }

    /** Looks again whether to read. */
    public void readOrWait() {
        if (ended) {
            return;
        }
        Channel channel = context.channel();
        boolean full = desk.isFull();
        channel.config().setAutoRead(!full && channel.isWritable()
                && pending < (channel.config().isAutoRead() ? most : most / 2));
        if (full && !waitingForRoom) {
            waitingForRoom = true;
            desk.whenRoom(() -> context.executor().execute(() -> {
                waitingForRoom = false;
                readOrWait();
            }));
        }
    }
}
