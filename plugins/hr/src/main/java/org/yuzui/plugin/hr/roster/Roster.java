package org.yuzui.plugin.hr.roster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * People of a unit on a day.
 *
 * @param source     {@code file}, or the name of a database
 * @param id         the same for the same content
 * @param whole      whether who isn't in it isn't in the unit
 * @param people     by their numbers
 * @param rows       how many were read
 * @param passedOver headings of columns that are of no field
 */
public record Roster(String unit, String source, String id, LocalDate day, boolean whole, Map<String, Person> people, int rows,
                     List<String> passedOver) {

    public static final String FILE = "file";

    /** A mark of the people in it, in whatever order, format or charset they came. */
    static String mark(Map<String, Person> people) {
        MessageDigest sha = sha256();
        people.keySet().stream().sorted().forEach(n -> sha.update(people.get(n).record("").toString().getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(sha.digest(), 0, 6);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
