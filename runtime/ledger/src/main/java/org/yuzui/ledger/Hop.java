package org.yuzui.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One step of a flow. Everything but {@code flow}, {@code kind} and {@code at} may be null.
 *
 * @param flow         the record's id; for what never became a record, an id made of its source and content
 * @param kind         what happened
 * @param at           when
 * @param plugin       id of the plugin ({@code site} for the site's own routes)
 * @param version      the plugin's version
 * @param route        id of the route
 * @param contract     the record's contract
 * @param key          the record's key
 * @param unit         the record's unit
 * @param subscription for {@code DELIVERED, RETRIED, DEAD, STORED}
 * @param source       where it came from, readable
 * @param sourceType   the source's own word for the kind of message
 * @param sourceId     the source's own id of the message
 * @param parent       the flow of the record that this one was made from
 * @param durationMicros how long the step took; 0 when not measured
 * @param size         bytes of the record, or of the message as it arrived
 * @param causeCode    for {@code REFUSED, RETRIED, DEAD}: kebab-case
 * @param cause        the same for a person, with place and cure; a remark on {@code RECEIVED}; no personal data
 * @param payload      what is to be kept as the flow's own: of a refused one the message as it arrived, so that it can be mended, or the
 *                     content that a route had made; of a record its content, when no store has it. Sealed before it is written anywhere
 * @param content      whether the payload is the content of a record, and no message of a source
 * @param keep         days until it may be forgotten; 0 for as long as its contract says
 * @param message      {@link Message#id} of what the hop speaks of, if that is kept: of an arrival the message that it came as, of a
 *                     delivery what the route handed over
 * @param fields       for {@code RECEIVED, PUBLISHED}: the fields that the record is found by, by name, personal ones too; of them only
 *                     keyed hashes are written anywhere
 * @param node         id of the node on which it happened; only of a hop that was read from the ledger: the one that writes it notes its own
 */
public record Hop(UUID flow, HopKind kind, Instant at, String plugin, String version, String route, String contract,
                  String key, String unit, String subscription, String source, String sourceType, String sourceId,
                  UUID parent, long durationMicros, long size, String causeCode, String cause, Message payload,
                  boolean content, int keep, UUID message, Map<String, String> fields, String node) {

    public static Builder of(UUID flow, HopKind kind, Instant at) {
        return new Builder(flow, kind, at);
    }

    /** Without payload and fields. */
    @Override
    public String toString() {
        return kind + " " + flow + " " + (causeCode == null ? "" : causeCode);
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return flow.hashCode();
    }

    /** Fills in a hop; each method sets the component of its name. */
    public static final class Builder {
        private final UUID flow;
        private final HopKind kind;
        private final Instant at;
        private String plugin;
        private String version;
        private String route;
        private String contract;
        private String key;
        private String unit;
        private String subscription;
        private String source;
        private String sourceType;
        private String sourceId;
        private UUID parent;
        private long durationMicros;
        private long size;
        private String causeCode;
        private String cause;
        private Message payload;
        private boolean content;
        private int keep;
        private UUID message;
        private Map<String, String> fields = Map.of();
        private String node;

        private Builder(UUID flow, HopKind kind, Instant at) {
            this.flow = flow;
            this.kind = kind;
            this.at = at;
        }

        /** The step's place: plugin, its version and route. */
        public Builder in(String newPlugin, String newVersion, String newRoute) {
            this.plugin = newPlugin;
            this.version = newVersion;
            this.route = newRoute;
            return this;
        }

        /** What the record is. */
        public Builder record(String newContract, String newKey, String newUnit) {
            this.contract = newContract;
            this.key = newKey;
            this.unit = newUnit;
            return this;
        }

        public Builder subscription(String name) {
            this.subscription = name;
            return this;
        }

        /** Where it came from, in the source's own words. */
        public Builder from(String newSource, String newSourceType, String newSourceId) {
            this.source = newSource;
            this.sourceType = newSourceType;
            this.sourceId = newSourceId;
            return this;
        }

        public Builder parent(UUID newParent) {
            this.parent = newParent;
            return this;
        }

        public Builder took(long micros) {
            this.durationMicros = micros;
            return this;
        }

        public Builder size(long bytes) {
            this.size = bytes;
            return this;
        }

        public Builder cause(String code, String sentence) {
            this.causeCode = code;
            this.cause = sentence;
            return this;
        }

        /** To be kept as the flow's own, a message of a source; null for none. */
        public Builder payload(Message newPayload) {
            this.payload = newPayload;
            return this;
        }

        public Builder payload(byte[] bytes) {
            return payload(bytes == null ? null : Message.of(bytes));
        }

        /** A payload that is the content of a record, JSON, and no message of a source. */
        public Builder content(Message newPayload) {
            this.content = newPayload != null;
            return payload(newPayload);
        }

        public Builder content(byte[] bytes) {
            return content(bytes == null ? null : Message.of(bytes));
        }

        /** What it speaks of, kept beside it. */
        public Builder message(UUID id) {
            this.message = id;
            return this;
        }

        /** Days until it may be forgotten; without it as long as the contract says. */
        public Builder keep(int days) {
            this.keep = days;
            return this;
        }

        /** What the record is found by. */
        public Builder fields(Map<String, String> valuesByName) {
            this.fields = valuesByName;
            return this;
        }

        /** On which it happened. */
        public Builder node(String id) {
            this.node = id;
            return this;
        }

        public Hop build() {
            return new Hop(flow, kind, at, plugin, version, route, contract, key, unit, subscription, source, sourceType,
                    sourceId, parent, durationMicros, size, causeCode, cause, payload, content, keep, message, fields, node);
        }
    }
}
