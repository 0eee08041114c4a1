package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.yuzui.plugin.energy.Round.Outcome;
import org.yuzui.plugin.energy.meter.BadReply;
import org.yuzui.plugin.energy.meter.Reply;
import org.yuzui.plugin.energy.meter.Request;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HexFormat;

/**
 * What arrived of a meter or set-point, as it is kept: the frame that was sent and the bytes that came, in hexadecimal. The bytes alone would say neither
 * whose they are nor of which quarter of an hour, and those of Modbus not even what they are about.
 *
 * @param id as the settings call the meter or point
 * @param at when it was due
 */
record Arrival(String id, OffsetDateTime at, byte[] asked, byte[] came) {

    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] bytes() {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("at", Meters.text(at)).put("asked", HexFormat.of().formatHex(asked))
                .put("came", HexFormat.of().formatHex(came)).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws RefusedException {@code not-json, bad-time, bad-value} */
    static Arrival read(byte[] bytes) {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new RefusedException("not-json", null, "This is not what is kept of a meter's answer.");
        }
        try {
            return new Arrival(json.path("id").asText(), OffsetDateTime.parse(json.path("at").asText()), hex(json, "asked"), hex(json, "came"));
        } catch (DateTimeException e) {
            throw new RefusedException("bad-time", "/at", "This is not a time with an offset.");
        }
    }

    private static byte[] hex(JsonNode json, String field) {
        try {
            return HexFormat.of().parseHex(json.path(field).asText());
        } catch (IllegalArgumentException e) {
            throw new RefusedException("bad-value", "/" + field, "These are not pairs of hexadecimal digits.");
        }
    }

    /** What it is by the settings of now. */
    Outcome read(Probe probe) {
        Request question = probe.like(asked);
        try {
            Reply reply = question.find(came, came.length);
            return reply == null ? Outcome.of(new BadReply(BadReply.Reason.TRUNCATED, came.length + " bytes came, and no whole answer."), asked, came)
                    : Outcome.of(reply, asked, came);
        } catch (BadReply e) {
            return Outcome.of(e, asked, came);
        }
    }
}
