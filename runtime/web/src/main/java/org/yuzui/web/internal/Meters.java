package org.yuzui.web.internal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.yuzui.kernel.PluginState;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.web.HubServices;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/** The hub's measures. Queue depths are read when somebody scrapes, not before. Thread-safe. */
public final class Meters implements AutoCloseable {

    private final HubServices services;
    private final MeterRegistry registry;
    private final PrometheusMeterRegistry prometheus;
    private final MultiGauge waiting;
    private final MultiGauge retrying;
    private final MultiGauge dead;
    private JvmGcMetrics gc;

    public Meters(HubServices services) {
        this.services = services;
        this.registry = services.meters() == null ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT) : services.meters();
        this.prometheus = prometheus(registry);
        this.waiting = queue("yuzui.subscription.waiting", "records in a subscription's queue");
        this.retrying = queue("yuzui.subscription.retrying", "records of a subscription that are tried again");
        this.dead = queue("yuzui.subscription.dead", "records in a subscription's dead letters");
        Gauge.builder("yuzui.ledger.lag", services.ledger(), l -> l.lag())
                .description("hops that are durable but not in the database yet").register(registry);
        for (PluginState state : PluginState.values()) {
            Gauge.builder("yuzui.plugins", services.plugins(),
                            p -> p.list().stream().filter(s -> s.state() == state).count())
                    .description("plugins by state").tag("state", state.name()).register(registry);
        }
    }

    private static PrometheusMeterRegistry prometheus(MeterRegistry registry) {
        if (registry instanceof PrometheusMeterRegistry p) {
            return p;
        }
        if (registry instanceof CompositeMeterRegistry composite) {
            PrometheusMeterRegistry p = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            composite.add(p);
            return p;
        }
        throw new IllegalArgumentException("Neither a Prometheus registry nor a composite: " + registry.getClass());
    }

    private MultiGauge queue(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Adds the JVM's own measures; apart from the constructor because the first call is needed sooner than they are. */
    synchronized void bindJvm() {
        gc = new JvmGcMetrics();
        List.of(gc, new JvmMemoryMetrics(), new JvmThreadMetrics(), new ClassLoaderMetrics(), new ProcessorMetrics(),
                new UptimeMetrics(), new FileDescriptorMetrics()).forEach(m -> m.bindTo(registry));
    }

    /** One call was answered. */
    void answered(String method, String path, int status, float millis) {
        Timer.builder("yuzui.http").description("calls of the control plane")
                .tag("method", method).tag("path", path).tag("status", Integer.toString(status))
                .register(registry).record(Duration.ofNanos((long) (millis * 1_000_000)));
    }

    String scrape() {
        List<SubscriptionStatus> now = services.subscriptions().get();
        rows(waiting, now, SubscriptionStatus::waiting);
        rows(retrying, now, SubscriptionStatus::retrying);
        rows(dead, now, SubscriptionStatus::dead);
        return prometheus.scrape();
    }

    private static void rows(MultiGauge gauge, List<SubscriptionStatus> now, ToLongFunction<SubscriptionStatus> value) {
        gauge.register(Arrays.asList(now.stream().map(s -> MultiGauge.Row.of(
                Tags.of("subscription", s.name(), "contract", s.contract() == null ? "" : s.contract()),
                value.applyAsLong(s))).toArray(MultiGauge.Row<?>[]::new)), true);
    }

    @Override
    public synchronized void close() {
        if (gc != null) {
            gc.close();
        }
        if (services.meters() == null) {
            registry.close();
        }
    }
}
