package org.yuzui.plugin.hr.code;

/**
 * A unified social credit code by GB 32100: eighteen of 0–9 and A–Z without I O S V Z. The last is a check digit (weights 3^i
 * modulo 31), and places 9 to 17 are an organisation code of GB 11714 with a check digit of its own (weights 3 7 9 10 5 8 4 2,
 * modulo 11).
 */
public final class CreditCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    private static final int ORGANISATION = 8;

    private CreditCode() {
    }

    public static boolean isValid(String code) {
        if (code.length() != 18) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 18; i++) {
            int value = ALPHABET.indexOf(code.charAt(i));
            if (value < 0) {
                return false;
            }
            sum += i < 17 ? value * WEIGHTS[i] : 0;
        }
        return ALPHABET.indexOf(code.charAt(17)) == (31 - sum % 31) % 31 && isOrganisation(code.substring(ORGANISATION, 17));
    }

    /** Letters count 10 to 35 here, the missing ones too. */
    private static boolean isOrganisation(String code) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += Character.digit(code.charAt(i), 36) * ORGANISATION_WEIGHTS[i];
        }
        int check = (11 - sum % 11) % 11;
        return code.charAt(8) == (check == 10 ? 'X' : (char) ('0' + check));
    }
}
