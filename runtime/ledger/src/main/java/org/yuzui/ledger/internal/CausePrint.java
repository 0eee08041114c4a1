package org.yuzui.ledger.internal;

import org.yuzui.ledger.Hop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * A number that is the same for the same trouble: where it happened, its code, and its sentence without what belongs to the
 * single record. It is stored, so what it is made of must not change without a new migration that makes the old ones anew.
 */
final class CausePrint {

    private static final String SIGNS = "_|.:/+-";
    private static final String WORD = "[\\p{Alnum}" + SIGNS + "]";
    /**
     * Numbers, ids and times; and what a sentence quotes, which is a value of the record as a rule. A word is looked at once, from its
     * beginning: a cause may be a whole page without a digit.
     */
    private static final Pattern OF_ONE_RECORD = Pattern.compile("'[^']*+'|\"[^\"]*+\"|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|"
            + "(?:\\G|(?<!" + WORD + "))[\\p{Alpha}" + SIGNS + "]*+\\d" + WORD + "*+");

    private CausePrint() {
    }

    /** Null when the hop says of no cause. */
    static Long of(Hop hop) {
        if (hop == null || hop.causeCode() == null && hop.cause() == null) {
            return null;
        }
        String trouble = hop.plugin() + '\n' + (hop.subscription() == null ? hop.route() : hop.subscription()) + '\n'
                + hop.causeCode() + '\n' + (hop.cause() == null ? "" : OF_ONE_RECORD.matcher(hop.cause()).replaceAll("#"));
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(trouble.getBytes(StandardCharsets.UTF_8))).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
