package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;

import java.util.List;

/** One DMN file of a plugin, compiled. Thread-safe; a decision compiles nothing and keeps no input. */
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

    /** The last decisions that were made, the newest first; at most a hundred, without their inputs. */
    List<Decision> recent();
}
