package org.yuzui.container.internal.signature;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A signature as it is written down, beside a jar or in it.
 *
 * @param of        {@code jar}: of the file as it is; {@code entries}: of what is in it, see {@link EntryList}
 * @param sha256    of that, hexadecimal
 * @param key       whose signature it is
 * @param signedAt  when, as the signer's clock had it
 * @param signature over {@link #statement}
 */
record SignatureText(String of, String sha256, PublicKeyInfo key, String signedAt, byte[] signature) {

    static final String JAR = "jar";
    static final String ENTRIES = "entries";
    /** In characters. A real one has about 500. */
    static final int LONGEST = 16 << 10;

    private static final String FORMAT = "yuzui-signature/1";
    private static final List<String> KEYS =
            List.of("format", "of", "algorithm", "keyId", "publicKey", "sha256", "signedAt", "signature");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static SignatureText make(String of, String sha256, PrivateKeyFile key, Instant at) {
        PublicKeyInfo other = key.publicKey();
        String signedAt = at.truncatedTo(ChronoUnit.SECONDS).toString();
        return new SignatureText(of, sha256, other, signedAt, key.sign(statement(of, sha256, other, signedAt)));
    }

    /** @throws IllegalArgumentException with a sentence that says why it is no signature */
    static SignatureText parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("It has more than " + LONGEST + " characters, far too many for a signature.");
        }
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("It is no JSON, or was cut off.", e);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("It is no JSON object.");
        }
        if (!root.path("format").asText().equals(FORMAT)) {
            throw new IllegalArgumentException("Its format is not " + FORMAT + ".");
        }
        for (String key : KEYS) {
            if (!root.path(key).isTextual()) {
                throw new IllegalArgumentException("It has no '" + key + "', or one that is no text.");
            }
        }
        if (root.size() != KEYS.size()) {
            throw new IllegalArgumentException("It has keys that " + FORMAT + " doesn't know.");
        }
        return of(root);
    }

    private static SignatureText of(JsonNode root) {
        PublicKeyInfo key = PublicKeyInfo.of(base64(root, "publicKey"));
        if (!key.algorithm().label().equals(root.get("algorithm").asText()) || !key.id().equals(root.get("keyId").asText())) {
            throw new IllegalArgumentException("Its algorithm and its key's id don't fit to its public key.");
        }
        if (!INSTANT.matcher(root.get("signedAt").asText()).matches()) {
            throw new IllegalArgumentException("Its 'signedAt' is no instant such as 2026-01-01T00:00:00Z.");
        }
        return new SignatureText(root.get("of").asText(), root.get("sha256").asText(), key, root.get("signedAt").asText(),
                base64(root, "signature"));
    }

    private static byte[] base64(JsonNode root, String key) {
        try {
            return Base64.getDecoder().decode(root.get(key).asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Its '" + key + "' is no Base64.", e);
        }
    }

    boolean isSound() {
        return key.verifies(statement(of, sha256, key, signedAt), signature);
    }

    /** What is signed: all that the text says, so that none of it can be exchanged. */
    private static byte[] statement(String of, String sha256, PublicKeyInfo key, String signedAt) {
        return (FORMAT + "\nof " + of + "\nalgorithm " + key.algorithm().label() + "\nkey " + key.id() + "\nsha256 " + sha256
                + "\nat " + signedAt + "\n").getBytes(StandardCharsets.UTF_8);
    }

    String json() {
        ObjectNode root = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("of", of)
                .put("algorithm", key.algorithm().label())
                .put("keyId", key.id())
                .put("publicKey", Base64.getEncoder().encodeToString(key.der()))
                .put("sha256", sha256)
                .put("signedAt", signedAt)
                .put("signature", Base64.getEncoder().encodeToString(signature));
        return root.toPrettyString() + "\n";
    }
}
