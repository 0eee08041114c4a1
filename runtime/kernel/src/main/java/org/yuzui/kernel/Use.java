package org.yuzui.kernel;

/**
 * That something which runs makes use of a thing that a plugin brings.
 *
 * @param owner the plugin's id, or {@code site}
 * @param by    what uses it, such as the route {@code visits-to-csv}
 * @param place the file that says so, readable: {@code routes/visits-to-csv.camel.yaml}
 * @param kind  what is used, as {@link PluginPart#kind()} calls it: {@code contracts}
 * @param id    its id: {@code his.visit.v1}
 * @param how   one word: {@code reads}, {@code publishes}, {@code queries}, {@code decides}, {@code fires}, {@code submits}
 */
public record Use(String owner, String by, String place, String kind, String id, String how) {
}
