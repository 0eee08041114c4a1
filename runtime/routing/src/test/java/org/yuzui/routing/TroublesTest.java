package org.yuzui.routing;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.routing.Patience.await;

/** A system that can't be reached is a trouble while it lasts, and nothing more. */
class TroublesTest {

    /** Whether the far side is there. */
    private static volatile boolean there;

    @TempDir
    Path folder;
    private Routing routing;
    private Deployment deployment = Deployment.NONE;
    private final List<String> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        there = false;
        routing = Routing.open(folder, null, null, null, null, ZoneId.of("Asia/Shanghai"), Duration.ofSeconds(20));
        routing.part().listen(told::add);
    }

    @AfterEach
    void close() {
        deployment.close();
        routing.close();
    }

    /** {@code far:listen}: a consumer that connects when it starts; {@code far:poll}: one that polls; to: connects. */
    public static final class Far extends DefaultComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            getAndRemoveParameter(parameters, "password", String.class);
            return remaining.startsWith("poll") ? new Polled(uri, this) : new Connected(uri, this);
        }
    }

    private static void connect() throws IOException {
        if (!there) {
            throw new IOException("can't log in", new ConnectException("Connection refused"));
        }
    }

    private static final class Connected extends DefaultEndpoint {
        Connected(String uri, Far far) {
            super(uri, far);
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws Exception {
                    if (!there) {
                        throw new UnknownHostException("10.0.0.5.example");
                    }
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor) {
                @Override
                protected void doStart() throws Exception {
                    connect();
                    super.doStart();
                }
            };
        }
    }

    private static final class Polled extends ScheduledPollEndpoint {
        Polled(String uri, Far far) {
            super(uri, far);
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            ScheduledPollConsumer consumer = new ScheduledPollConsumer(this, processor) {
                @Override
                protected int poll() throws Exception {
                    connect();
                    return 0;
                }
            };
            consumer.setInitialDelay(0);
            consumer.setDelay(20);
            return consumer;
        }
    }

    private void run(String from, String to) {
        deployment = routing.part().deploy(GivenPlugin.of("p", """
                - beans:
                    - name: far
                      type: %s
                - route:
                    id: r1
                    from:
                      uri: %s
                      steps:
                        - to: %s
                - route:
                    id: other
                    from:
                      uri: timer:other
                      steps:
                        - to: log:other?level=DEBUG
                """.formatted(Far.class.getName(), from, to)));
        deployment.start();
    }

    private String state(String route) {
        return routing.routes().stream().filter(r -> r.id().equals(route)).findFirst().orElseThrow().state();
    }

    @Test
    void aRouteThatCannotStartIsTriedAgainWhileTheOthersRun() {
        run("far:listen?password=secret", "log:x");

        Problem trouble = deployment.troubles().get(0);
        assertThat(trouble.code()).isEqualTo("unreachable");
        assertThat(trouble.place()).isEqualTo("p.jar!HUB-INF/routes/r.camel.yaml:7");
        assertThat(trouble.message()).isEqualTo("The route 'r1' can't reach far://listen: Connection refused.");
        assertThat(told).containsExactly("p");
        assertThat(state("r1")).isEqualTo("Stopped");
        assertThat(state("other")).isEqualTo("Started");
        assertThat(routing.routes().get(0).problem()).isEqualTo(trouble);

        there = true;
        await().untilAsserted(() -> assertThat(deployment.troubles()).isEmpty());
        assertThat(state("r1")).isEqualTo("Started");
        await().untilAsserted(() -> assertThat(told).containsExactly("p", "p"));
    }

    @Test
    void aPollThatFailsIsSeen() {
        run("far:poll", "log:x");
        await().untilAsserted(() -> assertThat(deployment.troubles()).extracting(Problem::message)
                .containsExactly("The route 'r1' can't reach far://poll: Connection refused."));

        there = true;
        await().untilAsserted(() -> assertThat(deployment.troubles()).isEmpty());
        await().untilAsserted(() -> assertThat(told).containsExactly("p", "p"));
    }

    @Test
    void anExchangeThatFailsIsSeenAndOneThatSucceedsEndsIt() {
        run("timer:t?period=20&delay=0", "far:away");
        await().untilAsserted(() -> assertThat(deployment.troubles()).singleElement().satisfies(p -> {
            assertThat(p.place()).isEqualTo("p.jar!HUB-INF/routes/r.camel.yaml:9");
            assertThat(p.message()).isEqualTo(
                    "The route 'r1' can't reach far://away: the host 10.0.0.5.example is not known.");
        }));

        there = true;
        await().untilAsserted(() -> assertThat(deployment.troubles()).isEmpty());
        await().untilAsserted(() -> assertThat(told).containsExactly("p", "p"));
    }

    @Test
    void aStandstillEndsTheTriesAndTheTroubles() {
        run("far:listen", "log:x");
        deployment.quiesce();

        there = true;
        assertThat(deployment.troubles()).isEmpty();
        assertThat(routing.routes()).extracting(RouteStatus::state).containsOnly("Stopped");
        deployment.start();
        assertThat(routing.routes()).extracting(RouteStatus::state).containsOnly("Started");
    }
}
