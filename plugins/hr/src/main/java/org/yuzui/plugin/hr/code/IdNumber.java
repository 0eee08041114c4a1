package org.yuzui.plugin.hr.code;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A citizen's identity number by GB 11643: six digits of a division, eight of the birthday, three of a sequence that is odd for
 * men, and a check digit (weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, modulo 11). Which divisions there were is not looked at.
 *
 * @param text eighteen characters, an X in capitals
 */
public record IdNumber(String text, LocalDate birthday) {

    private static final Pattern OLD = Pattern.compile("\\d{15}");
    private static final Pattern NEW = Pattern.compile("\\d{17}[0-9X]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final LocalDate EARLIEST = LocalDate.of(1880, 1, 1);

    /** What may be wrong with a number. */
    public enum Wrong { FORM, BIRTHDAY, CHECK_DIGIT }

    /**
     * Reads one; the old form of fifteen digits becomes eighteen, born in 19….
     *
     * @param latest no one is born after it
     * @throws Invalid saying what is wrong, without the number
     */
    public static IdNumber parse(String text, LocalDate latest) throws Invalid {
        String number = text.replace('x', 'X');
        if (OLD.matcher(number).matches()) {
            String body = number.substring(0, 6) + "19" + number.substring(6);
            return new IdNumber(body + check(body), birthday(body, latest));
        }
        if (!NEW.matcher(number).matches()) {
            throw new Invalid(Wrong.FORM);
        }
        LocalDate birthday = birthday(number, latest);
        if (check(number) != number.charAt(17)) {
            throw new Invalid(Wrong.CHECK_DIGIT);
        }
        return new IdNumber(number, birthday);
    }

    /** Code of GB/T 2261.1: 1 for men, 2 for women. */
    public String sex() {
        return (text.charAt(16) - '0') % 2 == 1 ? "1" : "2";
    }

    private static LocalDate birthday(String number, LocalDate latest) throws Invalid {
        return Optional.of(number).map(n -> {
            try {
                return LocalDate.of(Integer.parseInt(n.substring(6, 10)), Integer.parseInt(n.substring(10, 12)),
                        Integer.parseInt(n.substring(12, 14)));
            } catch (DateTimeException e) {
                return null;
            }
        }).filter(d -> !d.isBefore(EARLIEST) && !d.isAfter(latest)).orElseThrow(() -> new Invalid(Wrong.BIRTHDAY));
    }

    private static char check(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % 11);
    }

    /** Says what is wrong with a number, and never the number. */
    public static final class Invalid extends Exception {

        private static final long serialVersionUID = 1L;
        private final Wrong wrong;

        Invalid(Wrong wrong) {
            super(wrong.name(), null, false, false);
            this.wrong = wrong;
        }

        public Wrong wrong() {
            return wrong;
        }
    }
}
