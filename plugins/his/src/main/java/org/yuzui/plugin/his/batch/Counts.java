package org.yuzui.plugin.his.batch;

import org.yuzui.plugin.his.hl7.Refusal;

import java.util.Iterator;

/**
 * How much is in a file of which everything is in its place.
 *
 * @param batches of which the envelope tells; messages outside of one count as one
 */
public record Counts(long messages, long batches) {

    private static final int LONGEST_COUNT = 12;

    /**
     * Reads a file to its end.
     *
     * @throws Refusal when it isn't whole, or holds other than its trailers say
     */
    public static Counts of(Iterator<Part> parts) {
        Reading reading = new Reading();
        parts.forEachRemaining(reading::take);
        return reading.end();
    }

    private static final class Reading {
        private long messages;
        private long batches;
        private long inBatch;
        private boolean file;
        private boolean batch;
        private boolean loose;
        private boolean ended;
        private char separator = '|';

        void take(Part part) {
            if (ended) {
                throw broken("batch-structure", "After the trailer of the file (FTS) more follows. Send one file for each FHS.");
            }
            switch (part.kind()) {
                case FILE_HEADER -> {
                    if (file || batch || messages > 0) {
                        throw broken("batch-structure", "A header of a file (FHS) stands in the middle of it.");
                    }
                    file = true;
                    separator = part.separator();
                }
                case BATCH_HEADER -> {
                    if (batch) {
                        throw broken("batch-truncated", "A batch (BHS) begins before the one before has ended (BTS).");
                    }
                    batch = true;
                    batches++;
                    inBatch = 0;
                    separator = part.separator();
                }
                case MESSAGE -> {
                    messages++;
                    inBatch++;
                    loose |= !batch;
                }
                case BATCH_TRAILER -> {
                    if (!batch) {
                        throw broken("batch-structure", "A trailer of a batch (BTS) has no header (BHS) before it.");
                    }
                    batch = false;
                    compare(part, inBatch, "BTS-1", "messages are in the batch");
                }
                case FILE_TRAILER -> {
                    if (batch) {
                        throw broken("batch-truncated", "The file ends (FTS) before its batch does (BTS).");
                    }
                    if (!file) {
                        throw broken("batch-structure", "A trailer of a file (FTS) has no header (FHS) before it.");
                    }
                    ended = true;
                    compare(part, batches + (loose ? 1 : 0), "FTS-1", "batches are in the file");
                }
                default -> throw broken("not-hl7",
                        "The file doesn't begin with a segment FHS, BHS or MSH. Put files of HL7 v2 messages here.");
            }
        }

        Counts end() {
            if (batch || file && !ended) {
                throw broken("batch-truncated", batch ? "The last batch has no trailer (BTS): the file is cut off."
                        : "The file has no trailer (FTS): it is cut off.");
            }
            if (messages == 0 && batches == 0 && !file) {
                throw broken("not-hl7", "The file holds no message.");
            }
            return new Counts(messages, batches + (loose ? 1 : 0));
        }

        private void compare(Part trailer, long counted, String field, String what) {
            String said = trailer.field(1, separator);
            if (said.isEmpty()) {
                return;
            }
            boolean number = said.length() <= LONGEST_COUNT && said.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!number || Long.parseLong(said) != counted) {
                throw broken("batch-count", field + " says " + (number ? said : "no number") + ", but " + counted + " " + what
                        + ". Nothing of the file was taken; send it whole.");
            }
        }
    }

    private static Refusal broken(String code, String message) {
        return Refusal.frame(code, message);
    }
}
