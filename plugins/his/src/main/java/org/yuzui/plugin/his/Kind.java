package org.yuzui.plugin.his;

import org.yuzui.plugin.his.hl7.Header;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a message is about, by MSH-9; each kind becomes records of one contract. */
enum Kind {

    VISIT("his.visit.v1", "ADT", "A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A10", "A11", "A12", "A13",
            "A17"),
    MERGE("his.merge.v1", "ADT", "A18", "A34", "A35", "A36", "A40", "A41", "A42"),
    RESULT("his.result.v1", "ORU", "R01"),
    /** Version 2.5 split ORM^O01 into messages of their own; they are built alike. */
    ORDER("his.order.v1", "ORM", "O01"),
    GENERAL_ORDER("his.order.v1", "OMG", "O19"),
    LABORATORY_ORDER("his.order.v1", "OML", "O21"),
    PHARMACY_ORDER("his.order.v1", "OMP", "O09"),
    ENCODED_ORDER("his.order.v1", "RDE", "O11"),
    APPOINTMENT("his.appointment.v1", "SIU", "S12", "S13", "S14", "S15", "S16", "S17", "S26"),
    CHARGE("his.charge.v1", "DFT", "P03");

    private static final Kind[] ALL = values();

    private final String contract;
    private final String type;
    private final Set<String> triggers;

    Kind(String contract, String type, String... triggers) {
        this.contract = contract;
        this.type = type;
        this.triggers = Set.of(triggers);
    }

    static Optional<Kind> of(Header header) {
        String type = header.type();
        String trigger = header.trigger();
        for (Kind kind : ALL) {
            if (kind.type.equals(type) && kind.triggers.contains(trigger)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The contract that messages of a type are meant for; empty for a type of which nothing is read. */
    static Optional<String> contractOf(Header header) {
        return of(header).map(Kind::contract)
                .or(() -> Arrays.stream(ALL).filter(k -> k.type.equals(header.type())).map(Kind::contract).findFirst());
    }

    String contract() {
        return contract;
    }
}
