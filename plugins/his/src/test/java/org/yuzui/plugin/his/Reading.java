package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;

/** Reads messages that a test writes as segments, without a header, with one of the plugin's readers. */
final class Reading {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final Pseudonyms NONE = new Pseudonyms(null);

    private Reading() {
    }

    static List<? extends JsonNode> of(RecordReader reader, String type, String... segments) {
        String message = "MSH|^~\\&|HIS|SCSY|HUB|JGSWJ|20260302083000||" + type + "|C1|P|2.4\r" + String.join("\r", segments) + "\r";
        List<ObjectNode> records =
                reader.read(Header.read(message.getBytes(StandardCharsets.UTF_8)), Message.parse(message), "510104-H01");
        return records;
    }
}
