package org.yuzui.plugin.kindergarten;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Calls of the hub's own, signed. It keeps no threads and follows no redirection. */
public final class Wire {

    private final String key;
    private final String secret;
    private final Duration timeout;
    private final int mostBytes;
    private final Clock clock;

    /**
     * @param secret    empty to send unsigned
     * @param timeout   for connecting, for each silence, and, doubled, for the whole call
     * @param mostBytes of an answer; longer ones are a failure
     */
    public Wire(String key, String secret, Duration timeout, int mostBytes, Clock clock) {
        this.key = key;
        this.secret = secret;
        this.timeout = timeout;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param retryAfter seconds; 0 when it doesn't say
     */
    public record Reply(int status, byte[] body, String etag, long retryAfter) {

        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        /** Without the body. */
        @Override
        public String toString() {
            return Integer.toString(status);
        }
    }

    /**
     * Calls.
     *
     * @param headers further ones
     * @param body    null for a GET
     */
    public Reply call(String method, URI uri, Map<String, String> headers, byte[] body) throws IOException {
        URL url = uri.toURL();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        long end = System.nanoTime() + 2 * timeout.toNanos();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        headers.forEach(connection::setRequestProperty);
        byte[] content = body == null ? new byte[0] : body;
        sign(connection, method, url.getFile(), headers.getOrDefault(Signature.IDEMPOTENCY_KEY, ""), content);
        try {
            if (body != null) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            int status = connection.getResponseCode();
            byte[] answer = read(status >= 400 ? connection.getErrorStream() : connection.getInputStream(), end);
            return new Reply(status, answer, connection.getHeaderField("ETag"), seconds(connection.getHeaderField("Retry-After")));
        } finally {
            connection.disconnect();
        }
    }

    private void sign(HttpURLConnection connection, String method, String target, String request, byte[] body) {
        if (!secret.isEmpty()) {
            String timestamp = Long.toString(clock.instant().getEpochSecond());
            connection.setRequestProperty(Signature.KEY, key);
            connection.setRequestProperty(Signature.TIMESTAMP, timestamp);
            connection.setRequestProperty(Signature.SIGNATURE, Signature.of(secret, method, target, timestamp, request, body));
        }
    }

    private byte[] read(InputStream stream, long end) throws IOException {
        if (stream == null) {
            return new byte[0];
        }
        try (InputStream in = stream) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.write(buffer, 0, n);
                if (all.size() > mostBytes) {
                    throw new IOException("The answer is longer than " + mostBytes + " bytes.");
                }
                if (System.nanoTime() > end) { // a byte now and then is no answer
                    throw new SocketTimeoutException("The answer takes longer than " + timeout.multipliedBy(2).toSeconds() + " s.");
                }
            }
            return all.toByteArray();
        }
    }

    private static long seconds(String retryAfter) {
        return retryAfter != null && retryAfter.matches("[0-9]{1,6}") ? Long.parseLong(retryAfter) : 0;
    }
}
