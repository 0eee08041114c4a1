package org.yuzui.reporting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds a short list of steps that still goes wrong, when a long random one did. */
final class Shrinking<S> {

    /** Does the steps from nothing, and throws when something is wrong. */
    interface Play<S> {
        void of(List<S> steps) throws Exception;
    }

    private static final int MOST_TRIES = 60;

    private final Play<S> play;
    private int tries;

    private Shrinking(Play<S> play) {
        this.play = play;
    }

    /** @throws AssertionError with the shortest list that was found */
    static <S> void play(String name, List<S> steps, Play<S> play) {
        Shrinking<S> shrinking = new Shrinking<>(play);
        shrinking.wrong(steps).ifPresent(first -> {
            List<S> shortest = shrinking.shortest(steps);
            Throwable last = shrinking.wrong(shortest).orElse(first);
            StringBuilder text = new StringBuilder(name).append(" goes wrong, and so do these ").append(shortest.size()).append(" of ")
                    .append(steps.size()).append(" steps: ").append(last.getMessage());
            shortest.forEach(step -> text.append("\n  ").append(step));
            throw new AssertionError(text.toString(), last);
        });
    }

    private Optional<Throwable> wrong(List<S> steps) {
        try {
            play.of(steps);
            return Optional.empty();
        } catch (Exception | AssertionError e) {
            return Optional.of(e);
        }
    }

    /** Takes pieces away, large ones first. */
    private List<S> shortest(List<S> steps) {
        List<S> best = steps;
        for (int piece = steps.size() / 2; piece > 0; piece /= 2) {
            for (int at = 0; at < best.size() && tries < MOST_TRIES; ) {
                List<S> fewer = new ArrayList<>(best.subList(0, at));
                fewer.addAll(best.subList(Math.min(best.size(), at + piece), best.size()));
                tries++;
                if (wrong(fewer).isPresent()) {
                    best = fewer;
                } else {
                    at += piece;
                }
            }
        }
        return best;
    }
}
