package org.yuzui.plugin.kindergarten;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A platform that is polled: gives pages, repeats the last item of the page before, fails at its second page once, and knows ETags. */
final class Platform {

    private final String secret;
    private final HttpServer server;
    private final List<String> items = new CopyOnWriteArrayList<>();
    private final List<String> cursors = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger notModified = new AtomicInteger();
    private final AtomicInteger unsigned = new AtomicInteger();
    private volatile String instead;

    Platform(String secret) {
        this.secret = secret;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/visits", this::give);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/visits?school=1";
    }

    void add(int count) {
        for (int i = 0; i < count; i++) {
            addRaw("{\"visit\": \"P%d\", \"arrivedAt\": \"2026-03-03T09:00:00+08:00\", \"status\": \"in\"}".formatted(items.size()));
        }
    }

    /** What it answers to whatever it is asked; null for what it should. */
    void answerInstead(String body) {
        instead = body;
    }

    void addRaw(String item) {
        items.add(item);
    }

    private void give(HttpExchange call) throws IOException {
        var headers = call.getRequestHeaders();
        if (!Signature.fits(headers.getFirst(Signature.SIGNATURE), secret, "GET", call.getRequestURI().toString(),
                headers.getFirst(Signature.TIMESTAMP), "", new byte[0])) {
            unsigned.incrementAndGet();
            answer(call, 401, "{}");
            return;
        }
        Map<String, String> query = new HashMap<>();
        for (String part : call.getRequestURI().getRawQuery().split("&")) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        String since = query.get("since");
        cursors.add(since);
        int from = since.isEmpty() ? 0 : Integer.parseInt(since);
        int to = Math.min(items.size(), from + Integer.parseInt(query.get("limit")));
        String etag = "\"" + items.size() + "\"";
        if (instead != null) {
            answer(call, 200, instead);
        } else if (from == 10 && failures.get() == 0) {
            failures.incrementAndGet();
            answer(call, 503, "{}");
        } else if (from == items.size() && etag.equals(headers.getFirst("If-None-Match"))) {
            notModified.incrementAndGet();
            call.sendResponseHeaders(304, -1);
            call.close();
        } else {
            call.getResponseHeaders().add("ETag", etag);
            List<String> page = new ArrayList<>(items.subList(Math.max(0, from - 1), to)); // the last one again
            answer(call, 200, "{\"items\": [" + String.join(",", page) + "], \"next\": \"" + to + "\", \"more\": " + (to < items.size()) + "}");
        }
    }

    private static void answer(HttpExchange call, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    List<String> cursors() {
        return cursors;
    }

    int failures() {
        return failures.get();
    }

    int notModified() {
        return notModified.get();
    }

    int unsigned() {
        return unsigned.get();
    }
}
