package org.yuzui.plugin.his.hl7;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/**
 * What a receiver answered.
 *
 * @param code      MSA-1
 * @param controlId MSA-2
 * @param text      MSA-3, else what ERR says; may be empty
 */
public record Answer(String code, String controlId, String text) {

    /** Empty when the bytes are no answer. */
    public static Optional<Answer> read(byte[] bytes, Charset charset) {
        try {
            Header header = Header.read(bytes);
            Message message = Message.parse(Charsets.decode(bytes, header.declaredCharset(), charset).text());
            Segment msa = message.first("MSA");
            Segment err = message.first("ERR");
            String text = msa.text(3).isEmpty() ? err.text(8).isEmpty() ? err.text(3, 2) : err.text(8) : msa.text(3);
            return msa.isPresent() ? Optional.of(new Answer(msa.text(1).toUpperCase(Locale.ROOT), msa.text(2), text)) : Optional.empty();
        } catch (Refusal unreadable) {
            return Optional.empty();
        }
    }

    public boolean isAccepted() {
        return code.equals("AA") || code.equals("CA");
    }

    /** For good: sending the same again won't help. A hub answers {@code try-again} when it only can't store at the moment. */
    public boolean isRefused() {
        return code.matches("[AC][ER]") && !text.startsWith("try-again");
    }
}
