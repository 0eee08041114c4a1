package org.yuzui.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A plugin without Java, as a zipped folder: it reads every visit and publishes a record that says which version of it did
 * so. A visit that two versions worked on has two such records under one key.
 */
final class RelayPlugin {

    static final String ID = "relay";
    static final String CONTRACT = "relay.seen.v1";

    private RelayPlugin() {
    }

    static byte[] zip(String version) throws IOException {
        return zip(Map.of("plugin.yaml", """
                id: relay
                version: "%s"
                title: {zh: 中继, en: Relay}
                consumes: [his.visit.v1]
                publishes: [relay.seen.v1]
                """.formatted(version),
                "contracts/relay.seen.v1.schema.json", """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Seen", "type": "object",
                 "x-key": ["/visit"], "required": ["visit", "by"], "additionalProperties": false,
                 "properties": {"visit": {"type": "string"}, "by": {"type": "string"}}}
                """,
                "routes/relay.camel.yaml", """
                - route:
                    id: relay
                    from:
                      uri: record:his.visit.v1?subscription=relay
                      steps:
                        - setBody: {simple: '{"visit":"${header.YuzuiRecordId}","by":"%s"}'}
                        - to: record:relay.seen.v1
                """.formatted(version)));
    }

    /** A bundle of the given files under {@code HUB-INF/}. */
    static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry("HUB-INF/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    static Path write(Path folder, String version) throws IOException {
        return Files.write(folder.resolve("relay-" + version + ".zip"), zip(version));
    }
}
