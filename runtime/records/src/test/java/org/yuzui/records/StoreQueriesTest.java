package org.yuzui.records;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.yuzui.kernel.ProblemException;
import org.yuzui.records.RecordQuery.Among;
import org.yuzui.records.RecordQuery.Condition;
import org.yuzui.records.RecordQuery.Give;
import org.yuzui.records.RecordQuery.Op;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.records.Patience.await;

/** What the record store holds of a key, and how it is found. */
class StoreQueriesTest extends PipelineTest {

    @Test
    void newContentIsTheNextVersionAndTheNewestByItsOwnTimeIsLatest() {
        String key = hub.publish(meter, 5, 50).record().key();
        hub.publish(meter, 9, 90);
        hub.publish(meter, 7, 70); // late
        List<StoredRecord> versions = hub.records.store().versions(Pipeline.CONTRACT, key);
        assertThat(versions).extracting(StoredRecord::version).containsExactly(1, 2, 3);
        assertThat(values(versions)).containsExactly(50, 90, 70);
        assertThat(versions).extracting(StoredRecord::latest).containsExactly(false, true, false);
        assertThat(values(hub.records.store().find(RecordQuery.byKey(Pipeline.CONTRACT, key)))).containsExactly(90);
    }

    @Test
    void queriesByDayFieldAndHistory() {
        String key = hub.publish(meter, 2, 20).record().key();
        hub.publish(meter, 3, 30);
        RecordQuery day = RecordQuery.byDay(Pipeline.CONTRACT, LocalDate.of(2026, 11, 22));
        assertThat(hub.records.store().find(day)).extracting(StoredRecord::key).contains(key);
        assertThat(hub.records.store().find(RecordQuery.byDay(Pipeline.CONTRACT, LocalDate.of(2026, 11, 21)))).isEmpty();
        List<Condition> even = List.of(new Condition("state", Op.EQ, "even"));
        RecordQuery mine = new RecordQuery(Pipeline.CONTRACT, key, null, null, null, even, Among.LATEST, Give.MATCHES);
        assertThat(hub.records.store().find(mine)).as("the latest is odd").isEmpty();
        assertThat(values(hub.records.store().find(mine.among(Among.ANY, Give.MATCHES)))).containsExactly(20);
        assertThat(values(hub.records.store().find(mine.among(Among.ANY, Give.HISTORY)))).containsExactly(20, 30);
    }

    @Test
    void everyRecordIsFoundByItsUnitAndAFieldWithoutAnIndexIsNamed() {
        String key = hub.publish(meter, 2, 20).record().key();
        RecordQuery day = RecordQuery.byDay(Pipeline.CONTRACT, LocalDate.of(2026, 11, 22));

        assertThat(hub.records.store().find(day.where(List.of(new Condition("unit", Op.EQ, "510104"))))).extracting(StoredRecord::key).contains(key);
        assertThat(hub.records.store().find(day.where(List.of(new Condition("unit", Op.EQ, "510105"))))).extracting(StoredRecord::key).doesNotContain(key);
        assertThat(hub.records.store().find(day.where(List.of(new Condition("key", Op.EQ, key), new Condition("day", Op.GE, "2026-11-22")))))
                .hasSize(1);
        assertThatThrownBy(() -> hub.records.store().find(day.where(List.of(new Condition("stat", Op.EQ, "even")))))
                .isInstanceOf(ProblemException.class).hasMessageContaining("Did you mean 'state'?");
    }

    @Test
    void aTextIsFoundInValuesOnlyAndAsItIsMasked() {
        ObjectNode reading = (ObjectNode) Pipeline.reading("510104", meter, 1, 4711);
        reading.put("reader", "测试一号").put("state", "He said \"100%\"");
        UUID id = hub.records.publish(new Draft(Pipeline.CONTRACT, reading, Pipeline.METER)).record().id();
        UUID other = hub.publish(meter, 2, 1).record().id();
        String key = "510104|" + meter;
        await().untilAsserted(() -> assertThat(hub.records.store().versions(Pipeline.CONTRACT, key)).hasSize(2));

        for (String text : List.of("4711", "said \"100%", "HE SAID", meter.substring(3))) {
            assertThat(hub.records.store().containing(List.of(id, other, UUID.randomUUID()), text)).as(text).contains(id);
        }
        assertThat(hub.records.store().containing(List.of(id), "试一号")).as("hidden at capture").isEmpty();
        assertThat(hub.records.store().containing(List.of(id), "meter")).as("the name of a property").isEmpty();
        assertThat(hub.records.store().containing(List.of(id), "100_")).isEmpty();
        assertThat(hub.records.store().containing(List.of(other), "4711")).isEmpty();
        assertThat(hub.records.store().containing(List.of(), "4711")).isEmpty();
    }
}
