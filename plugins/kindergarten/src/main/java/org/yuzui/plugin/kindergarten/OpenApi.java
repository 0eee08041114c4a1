package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The interface as {@code openapi.yaml} writes it. Where a schema there says {@code x-contract}, the contract itself is put
 * in, so that the two can't differ; {@code x-filled} names what the door fills in and a platform may leave out.
 */
public final class OpenApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode document;
    private final byte[] json;
    private final byte[] yaml;

    private OpenApi(ObjectNode document) {
        this.document = document;
        this.json = document.toPrettyString().getBytes(StandardCharsets.UTF_8);
        DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        this.yaml = new Dump(settings).dumpToString(JSON.convertValue(document, Object.class)).getBytes(StandardCharsets.UTF_8);
    }

    /** The plugin's own. */
    public static OpenApi read() {
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(text("/openapi.yaml"));
        ObjectNode document = JSON.valueToTree(yaml);
        document.at("/components/schemas").properties().forEach(e -> {
            if (e.getValue() instanceof ObjectNode schema && schema.has("x-contract")) {
                put(schema);
            }
        });
        return new OpenApi(document);
    }

    private static void put(ObjectNode schema) {
        String contract = schema.remove("x-contract").asText();
        Set<String> filled = new TreeSet<>();
        if (schema.remove("x-filled") instanceof ArrayNode names) {
            names.forEach(n -> filled.add(n.asText()));
        }
        ObjectNode contents;
        try {
            contents = (ObjectNode) JSON.readTree(text("/HUB-INF/contracts/" + contract + ".schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        contents.remove(List.of("$schema", "x-key", "x-unit", "x-date", "x-order", "x-index", "x-retention", "x-rules", "x-stored", "x-capture"));
        ArrayNode required = JSON.createArrayNode();
        contents.path("required").forEach(n -> {
            if (!filled.contains(n.asText())) {
                required.add(n);
            }
        });
        contents.set("required", required);
        schema.setAll(contents);
    }

    /** A copy. */
    public JsonNode document() {
        return document.deepCopy();
    }

    /** UTF-8; not to be changed. */
    public byte[] json() {
        return json;
    }

    /** UTF-8; not to be changed. */
    public byte[] yaml() {
        return yaml;
    }

    private static String text(String resource) {
        try (InputStream in = OpenApi.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The plugin lacks " + resource + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
