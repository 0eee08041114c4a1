package org.yuzui.testkit.cases;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A POST; the answer is {@code 200 body}. */
final class HttpDoor implements Door {

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final String path;

    HttpDoor(int port, String path) {
        this.port = port;
        this.path = path == null ? "/" : path.startsWith("/") ? path : "/" + path;
    }

    @Override
    public Kind kind() {
        return Kind.HTTP;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public byte[] wire(byte[] given) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\nContent-Type: "
                + "application/octet-stream\r\nContent-Length: " + given.length + "\r\n\r\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(head, head.length + given.length);
        System.arraycopy(given, 0, all, head.length, given.length);
        return all;
    }

    @Override
    public String give(String name, byte[] given) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", name.endsWith(".json") ? "application/json" : name.endsWith(".xml") ? "application/xml"
                        : "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(given)).build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A number is the status, anything else is looked for in the body. */
    @Override
    public boolean answers(String answer, String expected) {
        return answer != null && (expected.matches("\\d{3}") ? answer.startsWith(expected + " ") : answer.contains(expected));
    }
}
