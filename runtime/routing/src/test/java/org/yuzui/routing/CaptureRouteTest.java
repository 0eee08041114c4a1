package org.yuzui.routing;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginException;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Keepsake;
import org.yuzui.spi.Headers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.routing.Patience.await;

/** What a route keeps of what it was given, and of what it gives on. */
class CaptureRouteTest {

    @TempDir
    static Path data;
    private static Rooms rooms;

    @BeforeAll
    static void open() {
        rooms = new Rooms(data);
    }

    @AfterAll
    static void close() {
        rooms.close();
    }

    /** A sink that is written by a bean, which says what it wrote. */
    public static final class Writing implements Processor {
        @Override
        public void process(Exchange exchange) {
            exchange.getMessage().setHeader(Headers.DELIVERED, "INSERT 7");
        }
    }

    @Test
    void what_a_sink_was_given_last_is_kept_where_it_is_asked_for() {
        String contract = "given.number.v1";
        Deployment running = rooms.run(GivenPlugin.of("given", """
                - beans:
                    - name: writing
                      type: %2$s
                - route:
                    id: asked
                    from:
                      uri: record:%1$s?subscription=asked&capture=delivered
                      steps:
                        - setBody: {simple: 'n=${header.YuzuiKey}'}
                        - to: file:%3$s?fileName=first
                        - setBody: {simple: 'number ${body}, 数'}
                        - to: file:%3$s?fileName=last
                        - setBody: {constant: 'what the file said'}
                        - to: log:done
                - route:
                    id: bean
                    from:
                      uri: record:%1$s?subscription=bean&capture=delivered
                      steps:
                        - bean: {ref: writing}
                - route:
                    id: not-asked
                    from:
                      uri: record:%1$s?subscription=not-asked
                      steps:
                        - to: file:%3$s?fileName=other
                """.formatted(contract, Writing.class.getName(), data.resolve("sink")))
                .file("contracts/" + contract + ".schema.json", Rooms.NUMBERED));

        rooms.publish(contract, 7);

        UUID flow = flow(contract, 3);
        assertThat(given(flow, "given/asked")).hasValue("number n=7, 数");
        assertThat(given(flow, "given/bean")).hasValue("INSERT 7");
        assertThat(given(flow, "given/not-asked")).isEmpty();
        running.close();
    }

    @Test
    void a_route_that_fails_says_what_it_gave() throws IOException {
        Files.writeString(data.resolve("nowhere"), "a file, where the route wants a folder");
        String contract = "failing.number.v1";
        Deployment running = rooms.run(GivenPlugin.of("failing", """
                - route:
                    id: fails
                    from:
                      uri: record:%s?subscription=fails&capture=delivered
                      steps:
                        - setBody: {constant: 'POST /visits'}
                        - to: file:%s/sub
                """.formatted(contract, data.resolve("nowhere")))
                .file("contracts/" + contract + ".schema.json", Rooms.NUMBERED));

        rooms.publish(contract, 7);

        await().untilAsserted(() -> assertThat(hops(contract)).anyMatch(h -> h.kind() == HopKind.RETRIED && h.message() != null));
        running.close();
    }

    @Test
    void what_a_filter_or_a_stop_keeps_back_is_filtered_and_what_can_t_be_told_is_delivered() {
        String contract = "filtered.number.v1";
        Deployment running = rooms.run(GivenPlugin.of("filtered", """
                - beans:
                    - name: writing
                      type: %2$s
                - route:
                    id: filter
                    from:
                      uri: record:%1$s?subscription=filter
                      steps:
                        - filter:
                            simple: '${header.YuzuiKey} > 10'
                            steps:
                              - to: file:%3$s?fileName=filter
                - route:
                    id: stop
                    from:
                      uri: record:%1$s?subscription=stop
                      steps:
                        - choice:
                            when:
                              - simple: '${header.YuzuiKey} < 10'
                                steps:
                                  - stop: {}
                        - to: file:%3$s?fileName=stop
                - route:
                    id: after
                    from:
                      uri: record:%1$s?subscription=after
                      steps:
                        - to: file:%3$s?fileName=after
                        - filter:
                            simple: '${header.YuzuiKey} > 10'
                            steps:
                              - to: file:%3$s?fileName=more
                - route:
                    id: bean
                    from:
                      uri: record:%1$s?subscription=bean
                      steps:
                        - filter:
                            simple: '${header.YuzuiKey} > 10'
                            steps:
                              - bean: {ref: writing}
                """.formatted(contract, Writing.class.getName(), data.resolve("sink")))
                .file("contracts/" + contract + ".schema.json", Rooms.NUMBERED));

        rooms.publish(contract, 7);

        UUID few = flow(contract, 4);
        assertThat(kind(few, "filtered/filter")).isEqualTo(HopKind.FILTERED);
        assertThat(kind(few, "filtered/stop")).isEqualTo(HopKind.FILTERED);
        assertThat(kind(few, "filtered/after")).as("it was given on before").isEqualTo(HopKind.DELIVERED);
        assertThat(kind(few, "filtered/bean")).as("nobody sees what a bean does").isEqualTo(HopKind.DELIVERED);
        assertThat(rooms.ledger.hops(few)).filteredOn(h -> h.kind() == HopKind.FILTERED).extracting(Hop::cause)
                .allMatch(c -> c.startsWith("The route"));

        rooms.publish(contract, 70);
        await().untilAsserted(() -> assertThat(hops(contract)).filteredOn(h -> h.kind() == HopKind.DELIVERED).hasSize(6));
        running.close();
    }

    @Test
    void a_subscription_that_asks_for_something_else_is_told_what_it_may_ask_for() {
        assertThatThrownBy(() -> rooms.run(GivenPlugin.of("wrong", """
                - route:
                    id: wrong
                    from:
                      uri: record:wrong.number.v1?subscription=wrong&capture=all
                      steps:
                        - to: log:x
                """).file("contracts/wrong.number.v1.schema.json", Rooms.NUMBERED)))
                .isInstanceOf(PluginException.class).hasMessageContaining("capture=all").hasMessageContaining("write delivered");
    }

    @Test
    void a_file_of_many_records_is_kept_once_and_every_record_names_it() throws IOException {
        String contract = "files.number.v1";
        Path inbox = Files.createDirectories(data.resolve("inbox"));
        Deployment running = rooms.run(GivenPlugin.of("files", """
                - route:
                    id: read
                    from:
                      uri: file:%s
                      steps:
                        - setHeader: {name: YuzuiArrived, simple: '${bodyAs(byte[])}'}
                        - setHeader: {name: YuzuiSource, constant: file}
                        - split:
                            tokenize: "\\n"
                            steps:
                              - setBody: {simple: '{"n": ${body}}'}
                              - to: record:%s
                """.formatted(inbox, contract)).file("contracts/" + contract + ".schema.json", Rooms.NUMBERED));
        Path part = data.resolve("numbers.part");
        Files.writeString(part, "1\n2\n3\n4\n5");

        Files.move(part, inbox.resolve("numbers.txt"));

        await().untilAsserted(() -> assertThat(hops(contract)).filteredOn(h -> h.kind() == HopKind.RECEIVED).hasSize(5));
        List<Hop> received = hops(contract).stream().filter(h -> h.kind() == HopKind.RECEIVED).toList();
        assertThat(received.stream().map(Hop::message).distinct()).hasSize(1).doesNotContainNull();
        assertThat(read(received.get(4))).isEqualTo("1\n2\n3\n4\n5");
        long rows = rooms.store.jdbi().withHandle(h -> h.createQuery("SELECT count(*) FROM ledger.message WHERE id = :id")
                .bind("id", received.get(0).message()).mapTo(Long.class).one());
        assertThat(rows).isEqualTo(1);
        running.close();
    }

    /** Makes three records of two messages. */
    public static final class Frames implements Processor {
        @Override
        public void process(Exchange exchange) {
            byte[] one = "frame one".getBytes(StandardCharsets.UTF_8);
            exchange.getMessage().setBody(List.of("{\"n\": 1}", "{\"n\": 2}", "{\"n\": 3}"));
            exchange.getMessage().setHeader(Headers.SOURCE, "line 7");
            exchange.getMessage().setHeader(Headers.ARRIVED, List.of(one, one, "frame two".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void each_item_of_a_list_names_its_own_message() {
        String contract = "frames.number.v1";
        Deployment running = rooms.run(GivenPlugin.of("frames", """
                - beans:
                    - name: frames
                      type: %s
                - route:
                    id: frames
                    from:
                      uri: timer:frames?repeatCount=1&delay=0
                      steps:
                        - bean: {ref: frames}
                        - to: record:%s
                """.formatted(Frames.class.getName(), contract)).file("contracts/" + contract + ".schema.json", Rooms.NUMBERED));

        await().untilAsserted(() -> assertThat(hops(contract)).filteredOn(h -> h.kind() == HopKind.RECEIVED).hasSize(3));
        assertThat(hops(contract)).filteredOn(h -> h.kind() == HopKind.RECEIVED).extracting(h -> h.key() + " " + read(h))
                .containsExactlyInAnyOrder("1 frame one", "2 frame one", "3 frame two");
        running.close();
    }

    private static List<Hop> hops(String contract) {
        FlowFilter filter = FlowFilter.where().contract(contract).build();
        return rooms.ledger.find(new FlowQuery(filter, null, 100)).flows().stream().flatMap(f -> rooms.ledger.hops(f.id()).stream()).toList();
    }

    /** The flow of the contract's first record, when so many subscriptions have ended with it. */
    private static UUID flow(String contract, int ended) {
        await().untilAsserted(() -> assertThat(hops(contract)).filteredOn(h -> h.subscription() != null && !h.subscription().equals("store"))
                .hasSize(ended));
        return hops(contract).get(0).flow();
    }

    private static HopKind kind(UUID flow, String subscription) {
        return rooms.ledger.hops(flow).stream().filter(h -> subscription.equals(h.subscription())).findFirst().orElseThrow().kind();
    }

    private static Optional<String> given(UUID flow, String subscription) {
        return rooms.ledger.hops(flow).stream().filter(h -> subscription.equals(h.subscription()) && h.message() != null).findFirst()
                .map(CaptureRouteTest::read);
    }

    private static String read(Hop hop) {
        Keepsake kept = rooms.ledger.beside(List.of(hop)).get(hop.message());
        try (InputStream in = rooms.ledger.open(kept).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
