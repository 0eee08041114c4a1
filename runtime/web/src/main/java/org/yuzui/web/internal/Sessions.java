package org.yuzui.web.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The console's sessions, in memory: a restart of the hub ends them. Thread-safe. */
public final class Sessions {

    static final Duration LIFETIME = Duration.ofHours(12);
    private static final int MOST = 1000;

    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    public Sessions(Clock clock) {
        this.clock = clock;
    }

    /**
     * One log-in.
     *
     * @param token the token that it began with, asked again on every call
     * @param csrf  what a call that changes something must carry
     */
    record Session(String id, String token, String csrf, Instant expiresAt) {

        @Override
        public String toString() {
            return "session until " + expiresAt;
        }
    }

    Session begin(String token) {
        Instant now = clock.instant();
        byId.values().removeIf(s -> !s.expiresAt().isAfter(now));
        if (byId.size() >= MOST) {
            byId.values().stream().min(Comparator.comparing(Session::expiresAt)).ifPresent(s -> byId.remove(s.id()));
        }
        Session session = new Session(secret(), token, secret(), now.plus(LIFETIME));
        byId.put(session.id(), session);
        return session;
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(byId.get(id)).filter(s -> s.expiresAt().isAfter(clock.instant()));
    }

    void end(String id) {
        byId.remove(id);
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
