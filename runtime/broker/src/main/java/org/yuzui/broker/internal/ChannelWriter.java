package org.yuzui.broker.internal;

import java.util.ArrayList;
import java.util.List;
import org.yuzui.broker.Outbound;

/** Writes over a Core channel, as any client does: to a broker elsewhere, and what is large. */
final class ChannelWriter implements CommitWriter {

    private final CoreLink link;
    private final CoreMessages messages;
    private CoreChannel channel;

    ChannelWriter(CoreLink link, CoreMessages messages) {
        this.link = link;
        this.messages = messages;
    }

    @Override
    public void write(List<Call> calls) throws Exception {
        if (channel == null || !channel.isOpen()) {
            close();
            channel = link.transacted();
        }
        try {
            List<byte[]> trail = new ArrayList<>(calls.size());
            for (Call call : calls) {
                for (Outbound message : call.messages) {
                    messages.send(channel, message);
                }
                trail.add(call.trail);
            }
            messages.sendTrail(channel, trail);
            channel.session().commit();
        } catch (Exception e) {
            if (!channel.undo()) {
                close();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
