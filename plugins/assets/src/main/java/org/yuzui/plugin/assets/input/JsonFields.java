package org.yuzui.plugin.assets.input;

import com.fasterxml.jackson.databind.JsonNode;

/** The fields of a JSON object. */
public final class JsonFields extends Fields {

    private final JsonNode object;
    private final String at;

    /** @param at JSON pointer of the object in what was sent */
    public JsonFields(JsonNode object, String at, Findings findings) {
        super(findings);
        this.object = object;
        this.at = at;
    }

    @Override
    Given given(String field) {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull() || node.isTextual() && node.textValue().isBlank()) {
            return null;
        }
        if (node.isTextual()) {
            return new Given(node.textValue(), null, null, Form.TEXT, null);
        }
        // 1E999999999 is short to write, and long to write out
        boolean usable = node.isNumber() && Math.abs((long) node.decimalValue().scale()) <= 60 && node.decimalValue().precision() <= 60;
        return usable ? new Given(node.decimalValue().toPlainString(), node.decimalValue(), null, Form.NUMBER, null)
                : new Given("", null, null, Form.TEXT, new Trouble("wrong-type", "It is neither a text nor a usable number."));
    }

    @Override
    String place(String field) {
        return field.isEmpty() ? at : at + "/" + field;
    }

    @Override
    String name(String field) {
        return field;
    }
}
