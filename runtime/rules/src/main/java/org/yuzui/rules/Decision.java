package org.yuzui.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;

/**
 * What a rule said.
 *
 * @param rule    the rule's id
 * @param at      when
 * @param outputs the result of each decision by its name; a table none of whose rows matched says
 *                null, or an empty list where it collects one
 * @param fired   the tables that were looked at, with the rows that matched
 * @param micros  how long it took
 */
public record Decision(String rule, Instant at, ObjectNode outputs, List<Fired> fired, long micros) {

    /**
     * The rows of one table, counted from 1.
     *
     * @param matched the rows whose conditions were met
     * @param chosen  those of them that the hit policy let count
     */
    public record Fired(String table, List<Integer> matched, List<Integer> chosen) {
    }
}
