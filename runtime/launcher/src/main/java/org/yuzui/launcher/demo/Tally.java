package org.yuzui.launcher.demo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one lane was answered. Written by the lane's thread alone, read when that has ended. */
final class Tally {

    /** Kinds of refusals that are kept apart; a sender that is refused for ever new reasons need not list them all. */
    private static final int MAX_REASONS = 200;

    /** An answer that was not AA, with how often it came. */
    static final class Refusal {
        final String code;
        final String reason;
        final String example;
        int count;

        Refusal(String code, String reason, String example) {
            this.code = code;
            this.reason = reason;
            this.example = example;
        }
    }

    private final int planned;
    private final Map<String, Refusal> refusals = new LinkedHashMap<>();
    private int[] micros = new int[1024];
    private int answers;
    private int accepted;
    private int errors;
    private int rejected;
    private int other;
    private int repeats;
    private long bytes;

    Tally(int planned) {
        this.planned = planned;
    }

    void answered(Outgoing message, Outgoing.Frame frame, Answer answer, long nanos) {
        if (answers == micros.length) {
            micros = Arrays.copyOf(micros, answers * 2);
        }
        bytes += frame.bytes().length;
        micros[answers++] = (int) Math.min(Integer.MAX_VALUE, nanos / 1000);
        if (frame.controlId() != null && !answer.id().isEmpty() && !answer.id().equals(frame.controlId())) {
            failed(message, "The answer names another message (MSA-2 is not the MSH-10 that was sent).");
            return;
        }
        switch (answer.code()) {
            case "AA", "CA" -> accepted++;
            case "AE", "CE" -> {
                errors++;
                refuse(answer.code(), answer.reason(), message);
            }
            case "AR", "CR" -> {
                rejected++;
                refuse(answer.code(), answer.reason(), message);
            }
            default -> failed(message, "The answer has no acknowledgement code.");
        }
    }

    void failed(Outgoing message, String reason) {
        other++;
        refuse("-", reason, message);
    }

    void repeated() {
        repeats++;
    }

    private void refuse(String code, String reason, Outgoing message) {
        String key = refusals.size() < MAX_REASONS ? code + reason : code;
        refusals.computeIfAbsent(key, k -> new Refusal(code, reason, message.name())).count++;
    }

    int planned() {
        return planned;
    }

    int accepted() {
        return accepted;
    }

    int errors() {
        return errors;
    }

    int rejected() {
        return rejected;
    }

    int other() {
        return other;
    }

    /** Of the messages that were answered, framing included. */
    long bytes() {
        return bytes;
    }

    int repeats() {
        return repeats;
    }

    int[] latencies() {
        return Arrays.copyOf(micros, answers);
    }

    Iterable<Refusal> refusals() {
        return refusals.values();
    }
}
