package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Another system that is told by webhooks: it can't take the first two, and looks at every signature. */
final class Receiver {

    private static final int FAILURES = 2;

    private final String secret;
    private final HttpServer server;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final AtomicInteger unsigned = new AtomicInteger();

    Receiver(String secret) {
        this.secret = secret;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/hook", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?of=kindergartens";
    }

    private void take(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        var headers = call.getRequestHeaders();
        boolean signed = Signature.fits(headers.getFirst(Signature.SIGNATURE), secret, "POST", call.getRequestURI().toString(),
                headers.getFirst(Signature.TIMESTAMP), headers.getFirst(Signature.IDEMPOTENCY_KEY), body);
        int status = signed ? 204 : 401;
        if (!signed) {
            unsigned.incrementAndGet();
        } else if (turnedAway.get() < FAILURES) {
            turnedAway.incrementAndGet();
            status = 503;
        } else {
            events.add(Caller.JSON.readTree(body));
        }
        call.sendResponseHeaders(status, -1);
        call.close();
    }

    List<JsonNode> events() {
        return events;
    }

    int turnedAway() {
        return turnedAway.get();
    }

    int unsigned() {
        return unsigned.get();
    }
}
