package org.yuzui.routing.internal;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Registration;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.Schedule;
import org.yuzui.scheduling.Scheduler;
import org.yuzui.spi.Headers;

import java.time.ZoneId;
import java.util.Map;

/** The scheme {@code schedule:}, only from: an exchange an occurrence, fired by the hub's one Quartz. */
final class ScheduleComponent extends DefaultComponent {

    private final Scheduler scheduler;
    private final Owner owner;
    private final ZoneId zone;
    private final Border border;

    ScheduleComponent(Scheduler scheduler, Owner owner, ZoneId zone, Border border) {
        this.border = border;
        this.scheduler = scheduler;
        this.owner = owner;
        this.zone = zone;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String id = owner.qualify(remaining);
        if (scheduler.find(id).isEmpty() || !border.hasSchedule(id)) {
            throw new IllegalArgumentException("There is no schedule '" + id + "'. "
                    + KnownKeys.cure(id, scheduler.schedules().stream().map(Schedule::id).toList()));
        }
        return new Fires(uri, id);
    }

    private final class Fires extends DefaultEndpoint {
        private final String id;

        private Fires(String uri, String id) {
            super(uri, ScheduleComponent.this);
            this.id = id;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("schedule: can only stand behind 'from'.");
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new Occurrences(this, processor, id);
        }

        @Override
        protected String createEndpointUri() {
            return "schedule:" + id;
        }
    }

    private final class Occurrences extends DefaultConsumer {
        private final String id;
        private Registration registration;

        private Occurrences(Endpoint endpoint, Processor processor, String id) {
            super(endpoint, processor);
            this.id = id;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            // the hub's threads know nothing of a plugin's class loader
            ClassLoader loader = getEndpoint().getCamelContext().getApplicationContextClassLoader();
            registration = scheduler.handle(id, occurrence -> {
                ClassLoader before = Thread.currentThread().getContextClassLoader();
                Thread.currentThread().setContextClassLoader(loader);
                try {
                    Within.route(owner, getRouteId(), () -> {
                        run(occurrence);
                        return null;
                    });
                } finally {
                    Thread.currentThread().setContextClassLoader(before);
                }
            });
        }

        @Override
        protected void doStop() throws Exception {
            if (registration != null) {
                registration.close();
                registration = null;
            }
            super.doStop();
        }

        private void run(Occurrence occurrence) throws Exception {
            Exchange exchange = createExchange(false);
            try {
                Message message = exchange.getMessage();
                Origins.run(exchange, occurrence);
                message.setHeader(Headers.OCCURRENCE, occurrence.id().toString());
                message.setHeader(Headers.DAY, occurrence.day().toString());
                message.setHeader(Headers.DUE, occurrence.dueAt().atZone(zone).toOffsetDateTime().toString());
                createUoW(exchange);
                try {
                    getProcessor().process(exchange);
                } catch (Exception e) {
                    exchange.setException(e);
                } finally {
                    doneUoW(exchange);
                }
                if (exchange.getException() != null) {
                    throw exchange.getException();
                }
            } finally {
                releaseExchange(exchange, false);
            }
        }
    }
}
