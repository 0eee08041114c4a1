package org.yuzui.launcher.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One sending hospital.
 *
 * @param facility what it writes into MSH-4
 * @param unit     the unit that its figures count for; the facility itself when it isn't known
 * @param weight   how busy it is, next to the others
 * @param dialect  how its HIS writes
 */
public record Hospital(String facility, String unit, int weight, Dialect dialect) {

    /** What a HIS writes differently from the next one: the HL7 version, the bytes, and MSH-18 that declares them. */
    public enum Dialect {
        UTF8_24("2.4", StandardCharsets.UTF_8, "UNICODE UTF-8"),
        GB18030_24("2.4", Charset.forName("GB18030"), "GB 18030-2000"),
        UTF8_251("2.5.1", StandardCharsets.UTF_8, "UNICODE UTF-8"),
        GB18030_231("2.3.1", Charset.forName("GB18030"), "GB 18030-2000"),
        /** Says one thing and does another: refused. */
        MISDECLARED("2.4", Charset.forName("GB18030"), "UNICODE UTF-8");

        private static final List<Dialect> SOUND = List.of(UTF8_24, GB18030_24, UTF8_251, GB18030_231);

        final String version;
        final Charset charset;
        final String declared;

        Dialect(String version, Charset charset, String declared) {
            this.version = version;
            this.charset = charset;
            this.declared = declared;
        }
    }

    /** The same hospital after an update of its HIS: it declares UTF-8 and goes on writing GB 18030. */
    public Hospital misdeclared() {
        return new Hospital(facility, unit, weight, Dialect.MISDECLARED);
    }

    /** Hospitals of facility → unit, in the order of the map: one in two writes GB 18030, every third is a large one. */
    public static List<Hospital> of(Map<String, String> unitByFacility) {
        List<Hospital> hospitals = new ArrayList<>();
        unitByFacility.forEach((facility, unit) -> hospitals.add(new Hospital(facility, unit,
                hospitals.size() % 3 == 0 ? 3 : 2, Dialect.SOUND.get(hospitals.size() % Dialect.SOUND.size()))));
        return List.copyOf(hospitals);
    }
}
