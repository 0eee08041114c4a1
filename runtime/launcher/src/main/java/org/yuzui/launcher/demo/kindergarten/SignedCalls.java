package org.yuzui.launcher.demo.kindergarten;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends as a platform does. What was not answered, or is to be sent again later, is sent again. */
public final class SignedCalls {

    private static final int TRIES = 8;
    private static final int MILLIS = 30_000;

    private final String url;
    private final String key;
    private final String secret;
    private final Clock clock;

    public SignedCalls(String url, String key, String secret, Clock clock) {
        this.url = url;
        this.key = key;
        this.secret = secret;
        this.clock = clock;
    }

    /** What came back. */
    public record Answer(int status, String body) {
    }

    /** @throws IOException when nobody answers after several tries */
    public Answer post(String path, String request, byte[] body) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Answer answer = once(path, request, body);
                // a plugin whose settings were just changed may still be about to know the secret
                boolean again = answer.status() == 503 || answer.status() == 429 || answer.status() == 401;
                if (!again || attempt >= TRIES) {
                    return answer;
                }
            } catch (IOException e) {
                if (attempt >= TRIES) {
                    throw e;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250L * attempt));
        }
    }

    private Answer once(String path, String request, byte[] body) throws IOException {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        HttpURLConnection call = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        call.setConnectTimeout(MILLIS);
        call.setReadTimeout(MILLIS);
        call.setRequestMethod("POST");
        call.setRequestProperty("Content-Type", "application/json");
        call.setRequestProperty("Yuzui-Key", key);
        call.setRequestProperty("Yuzui-Timestamp", timestamp);
        call.setRequestProperty("Idempotency-Key", request);
        call.setRequestProperty("Yuzui-Signature", signature(path, timestamp, request, body));
        call.setDoOutput(true);
        call.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = call.getOutputStream()) {
            out.write(body);
        }
        int status = call.getResponseCode();
        try (InputStream in = status >= 400 ? call.getErrorStream() : call.getInputStream()) {
            return new Answer(status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private String signature(String path, String timestamp, String request, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(("POST\n" + path + "\n" + timestamp + "\n" + request + "\n").getBytes(StandardCharsets.UTF_8));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256.", e);
        }
    }
}
