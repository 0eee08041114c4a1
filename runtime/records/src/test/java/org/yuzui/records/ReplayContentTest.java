package org.yuzui.records;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.spi.RefusedException;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.records.Patience.await;
import static org.yuzui.records.RecordsRig.LONG;

/** What goes in again is what it was, to the last digit; what somebody wrote is read to its end. */
class ReplayContentTest {

    private static RecordsRig hub;
    private final String subscription = "content/" + UUID.randomUUID();
    private Replays replays;

    @BeforeAll
    static void open(@TempDir Path folder) {
        hub = new RecordsRig(folder);
    }

    @AfterAll
    static void shut() {
        hub.close();
    }

    @BeforeEach
    void begin() {
        replays = hub.records.replays((origin, message) -> {
            throw new AssertionError("no message goes in here");
        });
        replays.goOn();
    }

    @AfterEach
    void end() {
        replays.close();
        hub.drained();
        hub.empty();
    }

    @Test
    void a_record_that_no_store_has_can_be_had_again() {
        List<Delivered> pulses = new CopyOnWriteArrayList<>();
        try (var reading = hub.records.subscribe(Pipeline.PULSE, RecordsRig.impatient(subscription), (batch, transaction) -> pulses.addAll(batch))) {
            hub.records.publish(new Draft(Pipeline.PULSE, JsonNodeFactory.instance.objectNode().put("meter", "M9").put("day", "2026-11-22"),
                    Pipeline.METER));
            await().atMost(LONG).until(() -> pulses.size() == 1);
            hub.drained();

            assertThat(done(replays.start(new ReplayRequest(ReplayRequest.Action.SEND_ON, FlowFilter.ALL, null, subscription, 0, null), "admin")).done()).isEqualTo(1);

            await().atMost(LONG).until(() -> pulses.size() == 2);
            assertThat(pulses.get(1).day()).isEqualTo(pulses.get(0).day()).isNotNull();
            assertThat(pulses.get(1).body()).isEqualTo(pulses.get(0).body());
            assertThat(pulses.get(1).key()).isEqualTo("M9");
        }
    }

    @Test
    void money_keeps_every_digit_when_a_content_goes_in_again() throws Exception {
        UUID refused = refusedContent("digits");

        replays.mend(refused, content("digits", "123456789012345678.91"), "admin", "the sign was wrong");

        hub.drained();
        UUID made = hub.flows().stream().filter(f -> "510104|digits".equals(f.key())).map(Flow::id).findFirst().orElseThrow();
        await().atMost(LONG).until(() -> hub.records.store().byId(made).isPresent());
        assertThat(hub.records.store().byId(made).orElseThrow().body().path("value").decimalValue()).isEqualByComparingTo("123456789012345678.91");
    }

    @Test
    void what_is_not_one_json_value_in_utf_8_is_said_so_and_nothing_goes_in() throws Exception {
        UUID refused = refusedContent("not json");
        byte[] good = content("not json", "5");
        byte[] chinese = content("不是", "5");

        for (byte[] bad : List.of(new byte[0], "{".getBytes(StandardCharsets.UTF_8), join(good, good), "null".getBytes(StandardCharsets.UTF_8),
                "{\"unit\": \"510104\", \"unit\": \"510105\"}".getBytes(StandardCharsets.UTF_8))) {
            ProblemException said = catchThrowableOfType(ProblemException.class, () -> replays.mend(refused, bad, "admin", null));
            assertThat(said.problem().code()).isEqualTo("not-json");
            assertThat(said.getMessage()).doesNotContain("510104");
        }
        byte[] gbk = new String(chinese, StandardCharsets.UTF_8).getBytes(Charset.forName("GB18030"));
        assertThatThrownBy(() -> replays.mend(refused, gbk, "admin", null)).isInstanceOf(ProblemException.class).hasMessageContaining("UTF-8");
        assertThat(replays.rehearse(refused, gbk, ReplayRequest.Version.CURRENT).refused().code()).isEqualTo("not-json");

        hub.drained();
        assertThat(hub.ledger.hops(refused)).extracting(Hop::kind).containsExactly(HopKind.REFUSED);
        assertThat(hub.flows()).hasSize(1);
    }

    @Test
    void a_preview_for_a_subscription_that_is_not_there_says_so() {
        assertThatThrownBy(() -> replays.preview(new ReplayRequest(ReplayRequest.Action.SEND_ON, FlowFilter.ALL, null, "no/such", 0, null)))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("unknown-subscription"));
    }

    private UUID refusedContent(String meter) throws Exception {
        assertThatThrownBy(() -> hub.records.publish(new Draft(Pipeline.CONTRACT, Pipeline.reading("510104", meter, 1, -5), Origin.of("site", "1", "copy"))))
                .isInstanceOf(RefusedException.class);
        hub.drained();
        return hub.flows().get(0).id();
    }

    private static byte[] content(String meter, String value) {
        return Pipeline.reading("510104", meter, 1, new BigDecimal(value)).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] joined = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    private Replay done(Replay replay) {
        return hub.done(replays, replay);
    }
}
