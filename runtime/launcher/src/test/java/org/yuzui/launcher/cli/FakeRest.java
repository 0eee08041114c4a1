package org.yuzui.launcher.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers HTTP calls with what a hub would answer, and keeps what was asked. */
final class FakeRest implements AutoCloseable {

    static final String TOKEN = "right-token";

    final List<String> calls = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    /** Bytes of an answer that are said to come and do not. */
    volatile int missing;
    /** Of the last call. */
    volatile Headers headers;

    FakeRest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            headers = exchange.getRequestHeaders();
            calls.add(sent.isEmpty() ? call : call + " " + sent);
            boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String body = bodies.get(call.split("\\?")[0]);
            int status = !known ? 401 : body == null ? 404 : statuses.getOrDefault(call.split("\\?")[0], 200);
            String said = known && body != null ? body : problem(status, status == 401 ? "unauthorized" : "unknown-form");
            exchange.getResponseHeaders().set("Content-Type", status / 100 == 2 ? "application/json" : "application/problem+json");
            byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length + missing);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    FakeRest answer(String call, String body) {
        bodies.put(call, body);
        return this;
    }

    FakeRest answer(String call, int status, String body) {
        statuses.put(call, status);
        return answer(call, body);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String problem(int status, String code) {
        return """
                {"type":"urn:yuzui:problem:%s","title":"x","status":%d,"code":"%s","place":null,\
                "detail":"The form 'x' is not known.","cure":"Did you mean 'hospital-daily'?"}""".formatted(code, status, code);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
