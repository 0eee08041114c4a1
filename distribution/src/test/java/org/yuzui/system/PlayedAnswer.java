package org.yuzui.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was played of one unit's answer for one period, and where it stands by that: reckoned without the hub. */
final class PlayedAnswer {

    /** @param cells as they were sent */
    record Version(Instant at, Map<String, String> cells) {
    }

    /** @param due null of an acceptance */
    record Verdict(int version, String reviewer, Instant due) {
    }

    final String form;
    final String period;
    final String unit;
    final Instant due;
    /** Who looks at it, in the order of their turns, under the codes that they have when somebody asks. */
    List<String> chain;
    Instant extended;
    boolean excused;
    boolean drafted;
    final List<Version> versions = new ArrayList<>();
    final List<Verdict> verdicts = new ArrayList<>();

    PlayedAnswer(String form, String period, String unit, Instant due, List<String> chain) {
        this.form = form;
        this.period = period;
        this.unit = unit;
        this.due = due;
        this.chain = chain;
    }

    String path() {
        return "/api/v1/submissions/" + form + "/" + period + "/" + unit;
    }

    private Instant until() {
        return extended != null ? extended : due;
    }

    /** Null when the newest version wasn't returned. */
    Verdict returned() {
        return verdicts.stream().filter(v -> v.version == versions.size() && v.due != null).findFirst().orElse(null);
    }

    /** Whose turn it is; null when nobody's. */
    String waitsFor() {
        if (versions.isEmpty() || returned() != null) {
            return null;
        }
        Set<String> left = new LinkedHashSet<>(chain);
        verdicts.stream().filter(v -> v.version == versions.size()).forEach(v -> left.remove(v.reviewer));
        return left.stream().findFirst().orElse(null);
    }

    String state(Instant now) {
        if (versions.isEmpty()) {
            return excused ? "EXCUSED" : now.isAfter(until()) ? "MISSING" : drafted ? "DRAFT" : "OPEN";
        }
        return returned() != null ? "RETURNED" : waitsFor() != null ? "IN_REVIEW" : "ACCEPTED";
    }

    boolean late(Instant now) {
        if (versions.isEmpty()) {
            return state(now).equals("MISSING");
        }
        if (versions.get(0).at.isAfter(until())) {
            return true;
        }
        Verdict last = verdicts.stream().filter(v -> v.due != null).reduce((a, b) -> b).orElse(null);
        if (last == null) {
            return false;
        }
        Instant answered = versions.size() > last.version ? versions.get(last.version).at : now;
        return answered.isAfter(last.due);
    }
}
