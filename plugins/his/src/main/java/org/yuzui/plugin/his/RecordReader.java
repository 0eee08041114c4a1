package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Refusal;

import java.util.List;

/** Makes records of messages of one kind. */
interface RecordReader {

    /**
     * Nothing that only belongs to the sending (MSH-10, and MSH-7 where the message has a time of its own) becomes part of
     * a record, so that the same news sent again is the same record.
     *
     * @param unit the sending institution
     * @return at least one
     * @throws Refusal when it can't be known what is meant, or when it happened
     */
    List<ObjectNode> read(Header header, Message message, String unit);
}
