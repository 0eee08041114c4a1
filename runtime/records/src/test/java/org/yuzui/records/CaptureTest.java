package org.yuzui.records;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.kernel.Title;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Message;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.records.Patience.await;

/** What is kept of records on their way: as much as their contract says, each message once. */
class CaptureTest {

    private static final List<String> LEVELS = List.of("none", "published", "arrival", "delivered");
    private static final String SCHEMA = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "x-key": ["/number"], "required": ["number"],
             "x-stored": %s, "x-capture": "%s", "additionalProperties": false,
             "properties": {"number": {"type": "string"}, "name": {"type": "string", "x-sensitivity": "personal", "x-mask": "name"}}}
            """;

    @TempDir
    static Path folder;
    private static Pipeline hub;

    private final String number = UUID.randomUUID().toString();
    private final Message message = Message.of(("MSH|" + number).getBytes(StandardCharsets.UTF_8));

    @BeforeAll
    static void open() {
        hub = new Pipeline(folder);
        hub.contracts.deploy(plugin()).start();
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    @BeforeEach
    void room() {
        hub.ledger.full = false;
    }

    @ParameterizedTest
    @CsvSource({"none,false,false,false", "published,false,true,false", "arrival,false,true,true", "delivered,false,true,true",
            "arrival,true,false,true"})
    void keeps_what_the_contract_says(String level, boolean stored, boolean content, boolean arrival) {
        Publication publication = hub.records.publish(draft(contract(level, stored), number));

        Hop hop = hop(publication.record().id(), HopKind.RECEIVED);
        assertThat(hop.message()).isEqualTo(arrival ? message.id() : null);
        assertThat(copies(message)).isEqualTo(arrival ? 1 : 0);
        assertThat(hop.payload() != null).isEqualTo(content);
        if (content) {
            assertThat(hop.content()).isTrue();
            assertThat(new String(hop.payload().bytes(), StandardCharsets.UTF_8)).as("as captured").contains("测***").doesNotContain("测试一号");
        }
    }

    @Test
    void a_message_of_many_records_is_written_once() {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            drafts.add(draft(contract("arrival", true), number + i));
        }
        List<Publication> all = hub.records.publishAll(drafts);
        hub.records.publish(draft(contract("arrival", true), number + "one more"));

        assertThat(all).allSatisfy(p -> assertThat(hop(p.record().id(), HopKind.RECEIVED).message()).isEqualTo(message.id()));
        assertThat(copies(message)).isEqualTo(1);
    }

    @Test
    void a_list_that_begins_with_a_record_that_is_there_keeps_its_message_all_the_same() {
        hub.records.publish(new Draft(contract("arrival", true), body(number), origin(null)));

        List<Publication> all = hub.records.publishAll(List.of(draft(contract("arrival", true), number), draft(contract("arrival", true), number + "b")));

        assertThat(all).extracting(Publication::outcome).containsExactly(Publication.Outcome.DUPLICATE, Publication.Outcome.NEW);
        assertThat(hop(all.get(1).record().id(), HopKind.RECEIVED).message()).isEqualTo(message.id());
        assertThat(copies(message)).isEqualTo(1);
    }

    @Test
    void nothing_is_accepted_without_its_message() {
        hub.ledger.full = true;
        Draft draft = draft(contract("arrival", true), number);

        assertThat(catchThrowableOfType(ProblemException.class, () -> hub.records.publish(draft)).problem().code()).isEqualTo("payload-not-kept");
        assertThat(catchThrowableOfType(ProblemException.class, () -> hub.records.publishAll(List.of(draft))).problem().code())
                .isEqualTo("payload-not-kept");

        hub.ledger.full = false;
        Publication publication = hub.records.publish(draft);
        assertThat(publication.outcome()).as("nothing had become of it").isEqualTo(Publication.Outcome.NEW);
        assertThat(hop(publication.record().id(), HopKind.RECEIVED).message()).isEqualTo(message.id());
        assertThat(copies(message)).isEqualTo(1);
    }

    @Test
    void what_is_refused_is_kept_unless_the_contract_forbids_it() {
        for (String level : LEVELS) {
            ObjectNode broken = body(number).put("numbr", level);
            Message arrived = Message.of((level + number).getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> hub.records.publish(new Draft(contract(level, true), broken, origin(arrived)))).isInstanceOf(RefusedException.class);
            Hop refused = hop(arrived.id(), HopKind.REFUSED);
            assertThat(refused.payload() != null).as(level).isEqualTo(!level.equals("none"));
            assertThat(refused.size()).isEqualTo(arrived.size());
        }
    }

    @Test
    void of_a_part_of_a_message_the_message_is_kept_and_when_it_is_refused_the_part() {
        Message call = Message.of(("[" + number + "]").getBytes(StandardCharsets.UTF_8));
        Origin part = new Origin("capture", "1.0.0", "r", "http 7", "POST", null, null, null, null, call);

        UUID good = hub.records.publish(new Draft(contract("arrival", true), body(number), part)).record().id();
        assertThat(hop(good, HopKind.RECEIVED).message()).isEqualTo(call.id());
        assertThat(copies(call)).isEqualTo(1);

        ObjectNode broken = body(number).put("numbr", "x");
        assertThatThrownBy(() -> hub.records.publish(new Draft(contract("arrival", true), broken, part))).isInstanceOf(RefusedException.class);
        await().untilAsserted(() -> assertThat(hub.ledger.arrived()).anySatisfy(h -> {
            assertThat(h.kind()).isEqualTo(HopKind.REFUSED);
            assertThat(h.content()).isTrue();
            assertThat(new String(h.payload().bytes(), StandardCharsets.UTF_8)).contains(number).contains("numbr");
        }));
    }

    @Test
    void what_is_handed_over_is_kept_when_contract_or_subscription_asks_for_it() {
        Message given = Message.of(("INSERT " + number).getBytes(StandardCharsets.UTF_8));
        for (String level : List.of("arrival", "delivered")) {
            for (boolean asked : List.of(false, true)) {
                String name = "readers/" + level + asked;
                SubscriptionSettings s = SubscriptionSettings.of(name, "readers", "1", "route");
                SubscriptionSettings settings = new SubscriptionSettings(name, "readers", "1", "route", 50, s.linger(), false, 1, s.backOff(), asked);
                try (Registration reading = hub.records.subscribe(contract(level, true), settings, (records, batch) -> batch.handedOver(given))) {
                    UUID id = hub.records.publish(draft(contract(level, true), number + asked)).record().id();
                    await().untilAsserted(() -> assertThat(hub.ledger.arrived(name)).filteredOn(h -> h.flow().equals(id)).singleElement()
                            .satisfies(h -> assertThat(h.message()).isEqualTo(asked || level.equals("delivered") ? given.id() : null)));
                }
            }
        }
        assertThat(copies(given)).as("however often it was handed over").isEqualTo(1);
    }

    @Test
    void a_delivery_that_failed_says_what_it_gave_and_one_that_can_t_be_kept_is_not_given_again() {
        Message given = Message.of(("POST " + number).getBytes(StandardCharsets.UTF_8));
        AtomicInteger tries = new AtomicInteger();
        SubscriptionSettings settings = Pipeline.subscription("readers/failing");
        try (Registration reading = hub.records.subscribe(contract("delivered", true), settings, (records, batch) -> {
            batch.handedOver(given);
            hub.ledger.full = tries.get() == 1;
            if (tries.getAndIncrement() == 0) {
                throw new IllegalStateException("502");
            }
        })) {
            UUID id = hub.records.publish(draft(contract("delivered", true), number)).record().id();
            await().untilAsserted(() -> assertThat(hub.ledger.arrived("readers/failing")).filteredOn(h -> h.flow().equals(id))
                    .extracting(Hop::kind).containsExactly(HopKind.RETRIED, HopKind.DELIVERED));
            assertThat(hop(id, HopKind.RETRIED).message()).isEqualTo(given.id());
            assertThat(tries).hasValue(2);
        }
    }

    @Test
    void a_record_that_a_reader_keeps_back_is_filtered_and_not_delivered() {
        try (Registration reading = hub.records.subscribe(contract("arrival", true), Pipeline.subscription("readers/filtering"),
                (records, batch) -> batch.filtered("nobody is admitted"))) {
            UUID id = hub.records.publish(draft(contract("arrival", true), number)).record().id();
            await().untilAsserted(() -> assertThat(hub.ledger.arrived("readers/filtering")).filteredOn(h -> h.flow().equals(id)).singleElement()
                    .satisfies(h -> {
                        assertThat(h.kind()).isEqualTo(HopKind.FILTERED);
                        assertThat(h.cause()).isEqualTo("nobody is admitted");
                    }));
        }
    }

    private Draft draft(String contract, String key) {
        return new Draft(contract, body(key), origin(message));
    }

    private static Origin origin(Message arrived) {
        return new Origin("capture", "1.0.0", "r", "mllp 7", "ADT", null, null, null, arrived);
    }

    private static ObjectNode body(String number) {
        return JsonNodeFactory.instance.objectNode().put("number", number).put("name", "测试一号");
    }

    private static String contract(String level, boolean stored) {
        return "capture." + level + (stored ? "-stored" : "") + ".v1";
    }

    private static Hop hop(UUID flow, HopKind kind) {
        await().pollDelay(Duration.ZERO).untilAsserted(() -> assertThat(hub.ledger.hops(flow)).anyMatch(h -> h.kind() == kind));
        return hub.ledger.hops(flow).stream().filter(h -> h.kind() == kind).findFirst().orElseThrow();
    }

    private static long copies(Message message) {
        return hub.ledger.messages().stream().filter(m -> m.id().equals(message.id())).count();
    }

    private static PluginContent plugin() {
        return new PluginContent() {
            @Override
            public PluginDescriptor descriptor() {
                return new PluginDescriptor("capture", "1.0.0", new Title("取", "Capture"), null, List.of(), List.of(), List.of());
            }

            @Override
            public List<HubFile> files(String kind, String suffix) {
                List<HubFile> files = new ArrayList<>();
                if (kind.equals("contracts")) {
                    for (String level : LEVELS) {
                        for (boolean stored : List.of(true, false)) {
                            String id = contract(level, stored);
                            files.add(new HubFile(id, "capture!contracts/" + id, SCHEMA.formatted(stored, level).getBytes(StandardCharsets.UTF_8)));
                        }
                    }
                }
                return files;
            }

            @Override
            public ClassLoader classLoader() {
                return CaptureTest.class.getClassLoader();
            }

            @Override
            public Settings settings() {
                return Settings.empty();
            }
        };
    }
}
