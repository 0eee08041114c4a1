package org.yuzui.plugin.vehicle.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.function.Supplier;

/**
 * Something that a line brought and that the hub shall keep.
 *
 * @param kind       positions, or what is only noted
 * @param records    makes the records of the positions; called by the thread that hands over
 * @param why        why it is refused; null otherwise
 * @param source     {@code jt808 10.1.2.3 19900000001}
 * @param sourceType {@code 0x0704}
 * @param sourceId   the serial number
 * @param arrived    the bytes, kept if it is refused
 * @param told       who wants to know what became of it
 */
public record Arrival(Kind kind, Supplier<List<JsonNode>> records, RefusedException why, String source, String sourceType,
                      String sourceId, byte[] arrived, Told told) {

    /** Its lower-case name is what the route sees in the header {@code VehicleKind}. */
    public enum Kind { POSITIONS, REFUSED, IGNORED }

    /** Learns what became of an arrival; called by the thread that hands over, once. */
    public interface Told {

        Told NOBODY = new Told() {
            @Override
            public void durable() {
            }

            @Override
            public void refused() {
            }

            @Override
            public void later() {
            }
        };

        /** Every record of it is durable. */
        void durable();

        /** It will never be taken; that is durable. */
        void refused();

        /** It couldn't be kept now; the sender shall send again. */
        void later();
    }

    @Override
    public String toString() {
        return kind + " " + sourceType + " from " + source;
    }
}
