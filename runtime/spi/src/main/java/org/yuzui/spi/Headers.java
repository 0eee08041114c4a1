package org.yuzui.spi;

/**
 * Names of the message headers by which a route and the hub talk about a record.
 *
 * <p>A route sets the <em>in</em> ones before {@code to: record:…}; the hub sets the <em>out</em> ones after it, and all
 * that are known on messages that a subscription delivers. Everything is a {@link String} unless said otherwise.
 */
public final class Headers {

    /** Out: the record's id, a UUID made of contract, key and content: the same content has the same id. */
    public static final String RECORD_ID = "YuzuiRecordId";
    /** Out: the contract's id, such as {@code his.visit.v1}. */
    public static final String CONTRACT = "YuzuiContract";
    /** Out: the business key that the contract's {@code x-key} points at. */
    public static final String KEY = "YuzuiKey";
    /** Out: the code of the unit that the contract's {@code x-unit} points at. May be absent. */
    public static final String UNIT = "YuzuiUnit";
    /** Out, after a publish: {@code NEW} or {@code DUPLICATE}. */
    public static final String OUTCOME = "YuzuiOutcome";
    /** In: the identity that the source system gave to the message (HL7: MSH-10); shown in the ledger. */
    public static final String SOURCE_ID = "YuzuiSourceId";
    /** In: where the message came from, readable ({@code mllp 10.1.2.3 SCSY}); shown in the ledger. */
    public static final String SOURCE = "YuzuiSource";
    /** In: what kind of message it was in the source's own words ({@code ADT^A01}); shown in the ledger. */
    public static final String SOURCE_TYPE = "YuzuiSourceType";
    /**
     * In, {@code byte[]}, {@link String}, {@link java.nio.file.Path} or {@link java.io.File}: the message as it arrived, or the part of it that
     * made the record; kept, encrypted, as the contract's {@code x-capture} says, and if the record is refused. Several records that are
     * made of one message share it: give each the same object. A {@link java.util.List} of these has one for each item of a list body. A file must
     * not change before the publish has ended.
     */
    public static final String ARRIVED = "YuzuiArrived";
    /**
     * In, of the same types, without {@link #ARRIVED}: the message of which the record is only a part, such as a call with many items. It is kept
     * as {@code x-capture} says; of what is refused the record itself is kept, which can be mended and sent on alone.
     */
    public static final String PART_OF = "YuzuiPartOf";
    /**
     * In, on a delivery, of the same types: what the route gave to its sink. Without it what it sent last to an endpoint counts; for a sink
     * that is written by a bean or a component that gives on something else than the body.
     */
    public static final String DELIVERED = "YuzuiDelivered";
    /** In: a remark that the ledger shows with the record's arrival; no personal data. */
    public static final String REMARK = "YuzuiRemark";
    /** Out, on a delivery: how often it was tried before, {@link Integer}, 0 the first time. */
    public static final String ATTEMPT = "YuzuiAttempt";
    /**
     * Out: {@link Boolean#TRUE} on a message that is only tried, so that somebody sees what would come of it. The hub keeps nothing of it; a bean
     * that leaves something behind elsewhere leaves that out too.
     */
    public static final String TRIED = "YuzuiTried";
    /** Out, on {@code schedule:}: the occurrence's id. */
    public static final String OCCURRENCE = "YuzuiOccurrence";
    /** Out, on {@code schedule:}: the day that the occurrence is about, {@code yyyy-MM-dd}. */
    public static final String DAY = "YuzuiDay";
    /** Out, on {@code schedule:}: when it was due, ISO 8601 with offset. */
    public static final String DUE = "YuzuiDue";

    private Headers() {
    }
}
