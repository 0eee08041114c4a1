package org.yuzui.plugin.finance.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;

/**
 * A document in JSON: <code>{"总账": {"会计科目": [{"科目编号": …}, …], …}}</code>, the names as the mapping has them. An
 * array of objects, alone or under one name that is no document's, is the document {@code rows}: its fields keep their own names.
 */
public final class JsonRows implements Rows {

    public static final String ROWS = "rows";

    private static final JsonFactory FACTORY = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(60).maxNameLength(200).build())
            .build();

    private final TextFile file;
    private final Mapping mapping;
    private final JsonParser json;
    private String document;
    private String tableName;
    private Mapping.Table table;
    private boolean over;

    public JsonRows(TextFile file, Mapping mapping) throws IOException {
        this.file = file;
        this.mapping = mapping;
        this.json = FACTORY.createParser(file.reader());
    }

    @Override
    public String document() {
        return document;
    }

    @Override
    public Row next() throws IOException {
        try {
            return over ? null : read();
        } catch (JsonProcessingException e) {
            boolean tooLong = e instanceof com.fasterxml.jackson.core.exc.StreamConstraintsException;
            throw new BadFile(tooLong ? "too-long" : "not-json", line(), tableName, tooLong
                    ? "A text, a number or the nesting is longer than any of the standard."
                    : "The file is not valid JSON here, or it is cut off. Export it again.");
        } catch (CharacterCodingException e) {
            throw file.undecodable(line());
        }
    }

    private Row read() throws IOException {
        if (document == null) {
            open();
        }
        while (true) {
            JsonToken token = json.nextToken();
            if (token == null) {
                throw new BadFile("not-json", line(), null, "The file is cut off. Export it again.");
            }
            switch (token) {
                case START_OBJECT -> {
                    if (tableName == null) {
                        throw unexpected();
                    }
                    Row row = row();
                    if (row != null) {
                        return row;
                    }
                }
                case FIELD_NAME -> {
                    tableName = json.currentName();
                    table = mapping.table(tableName);
                    JsonToken value = json.nextToken();
                    if (value == JsonToken.START_OBJECT) { // a table of one row may stand without an array
                        Row row = row();
                        if (row != null) {
                            return row;
                        }
                    } else if (value != JsonToken.START_ARRAY) {
                        throw unexpected();
                    }
                }
                case END_ARRAY -> {
                    if (document.equals(ROWS)) {
                        return end();
                    }
                    tableName = null;
                }
                case END_OBJECT -> {
                    return end();
                }
                default -> throw unexpected();
            }
        }
    }

    /** Leads into the document's object, or into the array of rows. */
    private void open() throws IOException {
        if (json.nextToken() == JsonToken.START_OBJECT) {
            if (json.nextToken() != JsonToken.FIELD_NAME) {
                throw unexpected();
            }
            document = mapping.document(json.currentName());
            JsonToken value = json.nextToken();
            if (document != null && value == JsonToken.START_OBJECT) {
                return;
            }
            if (document != null || value != JsonToken.START_ARRAY) {
                throw unexpected();
            }
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw unexpected();
        }
        document = ROWS;
        tableName = ROWS;
    }

    private Row end() throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.END_OBJECT) {
            token = json.nextToken();
        }
        if (token != null) {
            throw unexpected();
        }
        over = true;
        return null;
    }

    private Row row() throws IOException {
        int line = line();
        boolean own = document.equals(ROWS);
        if (!own && table == null) {
            json.skipChildren();
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            String field = own ? name : table.field(name, null);
            JsonToken value = json.nextToken();
            if (value.isStructStart()) {
                if (field != null) {
                    throw new BadFile("not-a-field", line(), tableName + "/" + name,
                            "The field holds an object or a list; it must hold a value.");
                }
                json.skipChildren();
            } else if (field != null && value != JsonToken.VALUE_NULL) {
                String text = json.getText().strip();
                if (!text.isEmpty() && fields.put(field, text) != null) {
                    throw new BadFile("field-twice", line(), tableName + "/" + name, "The field stands twice in one row.");
                }
                if (fields.size() > MOST_FIELDS) {
                    throw new BadFile("too-long", line(), tableName, "A row has more fields than any of the standard.");
                }
            }
        }
        return new Row(own ? ROWS : table.name(), tableName, fields, line);
    }

    private BadFile unexpected() {
        return new BadFile("unknown-document", line(), tableName, "The JSON is neither {\"总账\": {table: [rows]}}, "
                + "{\"公共档案\": …}, {\"固定资产\": …} nor a list of budget rows. Export it so, or name its elements in the mapping.");
    }

    private int line() {
        return Math.max(json.currentTokenLocation().getLineNr(), 1);
    }

    @Override
    public void close() throws IOException {
        json.close();
        file.close();
    }
}
