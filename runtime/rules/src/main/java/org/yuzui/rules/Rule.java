package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;

import java.util.List;
import java.util.Optional;

/** One DMN file of a plugin, compiled. Thread-safe; a decision compiles nothing. */
public interface Rule {

    /** {@code his/visit-checks}: the plugin's id and the file's name. */
    String id();

    Title title();

    /** The plugin that brought it. */
    String plugin();

    /** The file, for messages. */
    String place();

    /** What it must be told, in the file's order. */
    List<RuleInput> inputs();

    /** The names of its decisions, in the file's order. */
    List<String> decisions();

    /** Its decision tables as text, in the file's order. */
    List<DecisionTable> tables();

    /** What the analysis found without refusing the file: gaps, overlaps, rows that never count. */
    List<Problem> findings();

    /**
     * Makes every decision.
     *
     * @param input an object with a field for each input; other fields are passed over
     * @throws org.yuzui.spi.RefusedException {@code missing-input}, {@code wrong-input} naming the input, or
     *                                        {@code rule-failed} naming the decision; never with a value in it
     */
    Decision decide(JsonNode input);

    /**
     * Makes one decision and those that it needs; asks only for the inputs of these.
     *
     * @return {@link Decision#outputs()} holds this one alone
     * @throws org.yuzui.spi.RefusedException as {@link #decide(JsonNode)}; {@code unknown-decision} when there is none of that name
     */
    Decision decide(JsonNode input, String decision);

    /**
     * Makes a decision and has it remembered with its occasion.
     *
     * @param decision null for every decision
     * @throws org.yuzui.spi.RefusedException as {@link #decide(JsonNode)}
     */
    Decision decide(JsonNode input, String decision, Occasion occasion);

    /** All of it as a person reads it. */
    RuleModel model();

    /**
     * Some of the decisions that were made on this node, the newest first: of each way in which the rule answered the last ones,
     * so that what is frequent doesn't wash out what is rare.
     */
    List<KeptDecision> recent();

    RuleUse use();

    /**
     * Makes a decision that nobody acts on: it is not remembered, and what is wrong with the input is a part of the answer.
     *
     * @param decision null for every decision
     */
    Trial attempt(JsonNode input, String decision);

    /**
     * The same with the input of a decision that is remembered, unmasked inside and masked in the answer.
     *
     * @param changes fields that take the place of those that it had
     * @return empty when it is not remembered any more
     */
    Optional<Trial> again(long number, ObjectNode changes);
}
