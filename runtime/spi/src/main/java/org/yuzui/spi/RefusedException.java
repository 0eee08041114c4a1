package org.yuzui.spi;

import java.util.List;

/**
 * Says that a message is refused for good: trying again will not help. The hub keeps it in the ledger with the reason.
 *
 * <p>Any other exception counts as passing trouble: a subscription retries it, a source may send again.
 * Throw it from a bean or a processor of a route, before the record is published:
 *
 * <pre>{@code
 * throw new RefusedException("unknown-facility", "MSH-4",
 *         "The facility 'X9' is mapped to no unit. Add it to 'facilities' in config/plugins/his.yaml.");
 * }</pre>
 */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * One thing that is wrong.
     *
     * @param place   as in {@link RefusedException#place()}: for a record that breaks its contract a JSON pointer into it,
     *                empty for the whole record; may be null
     * @param message a sentence or the rest of one that begins with the place; no personal data
     */
    public record Fault(String place, String message) {
    }

    private final String code;
    private final String place;

    /**
     * A refusal with its reason; the three texts stand in the ledger as they are given here.
     *
     * @param code  stable and machine-readable, kebab-case, such as {@code unknown-facility}
     * @param place where in the message, in the source format's own words, such as {@code MSH-4}; may be null
     * @param message a sentence for a person, with the cure; no personal data
     */
    public RefusedException(String code, String place, String message) {
        super(message);
        this.code = code;
        this.place = place;
    }

    /**
     * What kind of refusal it is.
     *
     * @return stable and machine-readable, kebab-case
     */
    public String code() {
        return code;
    }

    /**
     * Everything that is wrong, when more than one thing is: a door that answers its sender can name each.
     *
     * @return at least one; the first says what {@link #place()} does
     */
    public List<Fault> faults() {
        return List.of(new Fault(place, getMessage()));
    }

    /**
     * Where in the message, in the source format's own words.
     *
     * @return null when it has no place
     */
    public String place() {
        return place;
    }
}
