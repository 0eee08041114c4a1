package org.yuzui.plugin.vehicle.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.yuzui.plugin.vehicle.wire.FrameSplitter.Broken;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class FrameSplitterTest {

    @Test
    void whatALineEndsWithinIsKeptAndAnEndBetweenFramesIsNone() {
        EmbeddedChannel line = line("7E01027E7E0304");
        assertThat((byte[]) line.readInbound()).containsExactly(1, 2);
        line.finish();
        Broken cut = line.readInbound();
        assertThat(cut.why().code()).isEqualTo("frame-cut");
        assertThat(cut.kept()).containsExactly(0x7E, 3, 4);

        EmbeddedChannel whole = line("7E01027E");
        assertThat((byte[]) whole.readInbound()).containsExactly(1, 2);
        whole.finish();
        assertThat((Object) whole.readInbound()).isNull();
    }

    private static EmbeddedChannel line(String hex) {
        EmbeddedChannel line = new EmbeddedChannel(new FrameSplitter(0x7E, 0x7E, 1000));
        line.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
        return line;
    }
}
