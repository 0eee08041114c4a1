package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.OwnerFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the demonstration's senders made up to be let in by a plugin, kept for its owner only under {@code data/demo}. */
final class DemoSecrets {

    private static final int BYTES = 24;

    private final Path file;
    private final Map<String, String> known = new LinkedHashMap<>();

    /** Those of this home's earlier runs. */
    DemoSecrets(Path home, String plugin) throws IOException {
        this.file = home.resolve("data/demo/" + plugin + "-secrets.json");
        if (Files.exists(file)) {
            JsonNode kept = HubClient.JSON.readTree(file.toFile());
            kept.properties().forEach(e -> known.put(e.getKey(), e.getValue().asText()));
        }
    }

    Path file() {
        return file;
    }

    Map<String, String> all() {
        return known;
    }

    /** A new one under this name. */
    String make(String name) {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        known.put(name, HexFormat.of().formatHex(secret));
        return known.get(name);
    }

    /** For its owner only, and whole. */
    void write() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        OwnerFile.write(file, HubClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(known));
    }
}
