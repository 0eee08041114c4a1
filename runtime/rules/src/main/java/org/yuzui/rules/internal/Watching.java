package org.yuzui.rules.internal;

import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.api.core.event.AfterEvaluateDecisionTableEvent;
import org.kie.dmn.api.core.event.BeforeEvaluateDecisionTableEvent;
import org.kie.dmn.api.core.event.DMNRuntimeEventListener;
import org.yuzui.rules.Decision.Fired;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What one evaluation lets be seen. An evaluation stays in its thread; only so does a listener of the whole runtime know whose it was. */
final class Watching {

    private static final ThreadLocal<Watching> NOW = new ThreadLocal<>();

    private final List<Fired> fired = new ArrayList<>(2);
    /** What was in sight of each table, in the order of {@link #fired}; null when nobody wants to know. */
    private final List<Map<String, Object>> scopes;
    private final Deque<Map<String, Object>> open;

    private Watching(boolean closely) {
        scopes = closely ? new ArrayList<>() : null;
        open = closely ? new ArrayDeque<>() : null;
    }

    static Watching rows() {
        return new Watching(false);
    }

    /** Also what each table was asked of; slower. */
    static Watching closely() {
        return new Watching(true);
    }

    <T> T during(Supplier<T> evaluation) {
        NOW.set(this);
        try {
            return evaluation.get();
        } finally {
            NOW.remove();
        }
    }

    List<Fired> fired() {
        return List.copyOf(fired);
    }

    List<Map<String, Object>> scopes() {
        return scopes;
    }

    /** @param tables names of tables by their ids */
    static void at(DMNRuntime runtime, Map<String, String> tables) {
        runtime.addListener(new DMNRuntimeEventListener() {
            @Override
            public void beforeEvaluateDecisionTable(BeforeEvaluateDecisionTableEvent event) {
                Watching now = NOW.get();
                if (now.open != null) {
                    now.open.push(new HashMap<>(event.getResult().getContext().getAll()));
                }
            }

            @Override
            public void afterEvaluateDecisionTable(AfterEvaluateDecisionTableEvent event) {
                Watching now = NOW.get();
                String table = event.getDecisionTableId() == null ? null : tables.get(event.getDecisionTableId());
                now.fired.add(new Fired(table == null ? event.getDecisionTableName() : table, List.copyOf(event.getMatches()),
                        List.copyOf(event.getSelected())));
                if (now.open != null) {
                    now.scopes.add(now.open.pop());
                }
            }
        });
    }
}
