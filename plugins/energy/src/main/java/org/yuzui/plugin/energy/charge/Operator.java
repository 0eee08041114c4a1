package org.yuzui.plugin.energy.charge;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An operator's keys, and the envelope that they make: data by AES-128-CBC with PKCS5 padding in Base64, and a signature by
 * HMAC-MD5 in upper-case hexadecimal. Any thread.
 */
final class Operator {

    /** The standard's own example has a comma before a closing brace. */
    static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final int AES_BYTES = 16;

    private final String id;
    private final byte[] secret;
    private final SecretKeySpec dataKey;
    private final IvParameterSpec iv;
    private final SecretKeySpec signature;

    /** @throws IllegalArgumentException when a key can't be one */
    Operator(String id, JsonNode keys) {
        this.id = id;
        this.secret = bytes(keys, "secret");
        byte[] key = bytes(keys, "dataSecret");
        byte[] vector = bytes(keys, "dataSecretIv");
        if (key.length != AES_BYTES || vector.length != AES_BYTES) {
            throw new IllegalArgumentException("dataSecret and dataSecretIv of charging.operators." + id + " must have 16 characters.");
        }
        this.dataKey = new SecretKeySpec(key, "AES");
        this.iv = new IvParameterSpec(vector);
        this.signature = new SecretKeySpec(bytes(keys, "sigSecret"), "HmacMD5");
    }

    String id() {
        return id;
    }

    boolean hasSecret(String shown) {
        return MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8));
    }

    /** The data of a request whose signature is right. */
    JsonNode open(JsonNode envelope) throws BadCall {
        String data = envelope.path("Data").asText();
        String signed = id + data + envelope.path("TimeStamp").asText() + envelope.path("Seq").asText();
        if (!MessageDigest.isEqual(sign(signed).getBytes(StandardCharsets.US_ASCII),
                envelope.path("Sig").asText().getBytes(StandardCharsets.UTF_8))) {
            throw new BadCall(BadCall.SIGNATURE, "The signature is wrong.");
        }
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE).doFinal(Base64.getDecoder().decode(data));
            JsonNode content = JSON.readTree(plain);
            if (content.isObject()) {
                return content;
            }
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw new BadCall(BadCall.ENVELOPE, "Data can't be decrypted, or is not JSON.");
        }
        throw new BadCall(BadCall.ENVELOPE, "Data is not a JSON object.");
    }

    /** An answer: its data encrypted and signed. */
    ObjectNode seal(int ret, String message, JsonNode data) {
        try {
            String sealed = Base64.getEncoder().encodeToString(
                    cipher(Cipher.ENCRYPT_MODE).doFinal(data.toString().getBytes(StandardCharsets.UTF_8)));
            return JSON.createObjectNode().put("Ret", ret).put("Msg", message).put("Data", sealed).put("Sig", sign(ret + message + sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES.", e);
        }
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, dataKey, iv);
        return cipher;
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(signature);
            return HexFormat.of().withUpperCase().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacMD5.", e);
        }
    }

    private static byte[] bytes(JsonNode keys, String name) {
        return keys.path(name).asText().getBytes(StandardCharsets.UTF_8);
    }
}
