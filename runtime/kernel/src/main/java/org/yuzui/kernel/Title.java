package org.yuzui.kernel;

import com.fasterxml.jackson.databind.JsonNode;

/** What a person reads, in both languages of the hub. Neither is ever null; one stands in for a missing other. */
public record Title(String zh, String en) {

    public Title {
        zh = zh == null ? en : zh;
        en = en == null ? zh : en;
    }

    /** From {@code {zh: …, en: …}} or one text for both; {@code otherwise} when the node is missing. */
    public static Title of(JsonNode node, String otherwise) {
        if (node == null || node.isMissingNode() || node.isNull()) {
            return new Title(otherwise, otherwise);
        }
        if (node.isTextual()) {
            return new Title(node.asText(), node.asText());
        }
        String zh = node.path("zh").asText(null);
        String en = node.path("en").asText(null);
        return zh == null && en == null ? new Title(otherwise, otherwise) : new Title(zh, en);
    }
}
