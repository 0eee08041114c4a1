package org.yuzui.records;

import org.yuzui.ledger.Message;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a record comes from; everything may be null.
 *
 * @param plugin     id of the plugin
 * @param version    the plugin's version
 * @param route      id of the route
 * @param source     readable: {@code mllp 10.1.2.3 SCSY}
 * @param sourceType the source's own word for the kind of message: {@code ADT^A01}
 * @param sourceId   the source's own id of the message: MSH-10
 * @param remark     shown with the arrival; no personal data
 * @param parent     the record that it was made from
 * @param arrived    the message as it arrived; kept as the contract says, and if it is refused
 * @param partOf     without {@code arrived}: the message of which the record is only a part; kept as the contract says, but of what is refused the
 *                   record itself is kept, which can be mended alone
 */
public record Origin(String plugin, String version, String route, String source, String sourceType, String sourceId,
                     String remark, UUID parent, Message arrived, Message partOf) {

    public Origin(String plugin, String version, String route, String source, String sourceType, String sourceId, String remark, UUID parent,
                  Message arrived) {
        this(plugin, version, route, source, sourceType, sourceId, remark, parent, arrived, null);
    }

    public static Origin of(String plugin, String version, String route) {
        return new Origin(plugin, version, route, null, null, null, null, null, null);
    }

    /** The same with one more remark. */
    public Origin remarking(String more) {
        return new Origin(plugin, version, route, source, sourceType, sourceId, remark == null ? more : remark + "; " + more,
                parent, arrived, partOf);
    }

    /** The message that it came as, or in; null when nobody said it. */
    public Message message() {
        return arrived == null ? partOf : arrived;
    }

    /** Without the message, and without what its sender did not say. */
    @Override
    public String toString() {
        return Stream.of(plugin + "/" + route, source, sourceType, sourceId)
                .filter(part -> part != null && !part.isBlank()).collect(Collectors.joining(" "));
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
