package org.yuzui.reporting.internal.submission;

import org.yuzui.reporting.Submission;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What a submission is known by: SHA-256 over all that it says, written down in one way only. */
public final class Digest {

    private Digest() {
    }

    /** Hexadecimal; needs nothing but the submission, so that anybody can make it again. */
    public static String of(Submission s) {
        StringBuilder text = new StringBuilder("yuzui-submission-1\n").append(s.form()).append('\n').append(s.unit()).append('\n')
                .append(s.period()).append('\n').append(s.version()).append('\n').append(s.at()).append('\n')
                .append(s.by().who() == null ? "" : s.by().who()).append('\n').append(s.by().door()).append('\n');
        for (Map.Entry<String, BigDecimal> cell : new TreeMap<>(s.values()).entrySet()) {
            text.append(cell.getKey()).append('=').append(Numbers.plain(cell.getValue()).toPlainString()).append('\n');
        }
        return sha256(text.toString());
    }

    /** Of any text, in UTF-8. */
    public static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
