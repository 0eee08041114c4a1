package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Segment;
import org.yuzui.spi.Mask;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PID says, as far as it may leave the plugin: name and identity number masked, the hospital's own number only as a
 * pseudonym.
 *
 * @param localId  the hospital's own number of the patient; never an identity number; may be empty
 * @param idNumber the identity number, unmasked; may be empty
 * @param birthYear 0 when not known
 */
record Patient(String localId, String idNumber, String name, String gender, int birthYear) {

    private static final Pattern ID_NUMBER =
            Pattern.compile("[1-9]\\d{5}(18|19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d{3}[0-9Xx]");
    private static final Pattern OLD_ID_NUMBER = Pattern.compile("[1-9]\\d{7}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d{3}");

    static Patient of(Segment pid) {
        String localId = localId(pid, 3);
        String idNumber = "";
        for (Segment.Repetition id : pid.repetitions(3)) {
            String number = id.text(1);
            if (idNumber.isEmpty() && isIdentity(id, number)) {
                idNumber = number;
            }
        }
        if (localId.isEmpty() && !isIdNumber(pid.text(2))) {
            localId = pid.text(2); // where versions before 2.3.1 had it
        }
        if (idNumber.isEmpty() && isIdNumber(pid.text(19))) {
            idNumber = pid.text(19);
        }
        return new Patient(localId, idNumber, name(pid), gender(pid.text(8)), birthYear(pid.text(7)));
    }

    /** The first of a list of identifiers (PID-3, MRG-1) that is the hospital's own; empty when there is none. */
    static String localId(Segment segment, int field) {
        for (Segment.Repetition id : segment.repetitions(field)) {
            String number = id.text(1);
            if (!number.isEmpty() && !isIdentity(id, number)) {
                return number;
            }
        }
        return "";
    }

    private static boolean isIdentity(Segment.Repetition id, String number) {
        return isIdNumber(number) || isIdType(id.text(5));
    }

    /**
     * Whether a text holds a Chinese identity number, also as a part, as in a visit number made of a date and it; such a
     * text is never used as a key or shown. One of the old form is told only when it stands alone.
     */
    static boolean isIdNumber(String text) {
        Matcher number = ID_NUMBER.matcher(text);
        for (int at = 0; number.find(at); at = number.start() + 1) {
            // Among more digits the form alone may be chance: there the check digit must fit as well.
            if (!isDigitAt(text, number.start() - 1) && !isDigitAt(text, number.end()) || isChecked(number.group())) {
                return true;
            }
        }
        return text.length() == 15 && OLD_ID_NUMBER.matcher(text).matches();
    }

    private static boolean isDigitAt(String text, int i) {
        return i >= 0 && i < text.length() && Character.isDigit(text.charAt(i));
    }

    /** GB 11643-1999: ISO 7064 MOD 11-2. */
    private static boolean isChecked(String number) {
        int rest = 0;
        for (int i = 0; i < 17; i++) {
            rest = (rest + number.charAt(i) - '0') * 2 % 11;
        }
        return "0123456789X".charAt((12 - rest) % 11) == Character.toUpperCase(number.charAt(17));
    }

    /** What tells patients apart without naming them. */
    ObjectNode outline(Pseudonyms pseudonyms, String unit) {
        ObjectNode patient = JsonNodeFactory.instance.objectNode();
        pseudonyms.of(unit, localId).ifPresent(p -> patient.put("pseudonym", p));
        put(patient, "gender", gender);
        if (birthYear > 0) {
            patient.put("birthYear", birthYear);
        }
        return patient;
    }

    /** The same with name and identity number, masked. */
    ObjectNode masked(Pseudonyms pseudonyms, String unit) {
        ObjectNode patient = outline(pseudonyms, unit);
        put(patient, "name", Mask.NAME.apply(name));
        put(patient, "idNumber", Mask.ID_NUMBER.apply(idNumber));
        return patient;
    }

    private static void put(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }

    /** 0 when there is none. */
    private static int birthYear(String birth) {
        int year = 0;
        for (int i = 0; i < 4 && birth.length() >= 4; i++) {
            int digit = birth.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            year = year * 10 + digit;
        }
        return year >= 1800 && year < 2100 ? year : 0;
    }

    private static boolean isIdType(String type) {
        return switch (type) {
            case "NNCHN", "NI", "SS", "IdentifyNO", "IDCard", "PPN" -> true;
            default -> false;
        };
    }

    private static String name(Segment pid) {
        String family = pid.text(5, 1);
        String given = pid.text(5, 2);
        boolean latin = !family.isEmpty() && family.codePointAt(0) < 0x0250;
        return latin && !given.isEmpty() ? given + " " + family : family + given;
    }

    private static String gender(String code) {
        return switch (code.toUpperCase(Locale.ROOT)) {
            case "M", "1" -> "M";
            case "F", "2" -> "F";
            case "" -> "";
            case "O", "A", "N", "9" -> "O";
            default -> "U";
        };
    }
}
