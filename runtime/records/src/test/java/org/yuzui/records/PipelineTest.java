package org.yuzui.records;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A pipeline for all tests of a class, and a meter for each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PipelineTest {

    Pipeline hub;
    String meter;

    @BeforeAll
    void open(@TempDir Path data) {
        hub = new Pipeline(data);
    }

    @AfterAll
    void close() {
        hub.close();
    }

    @BeforeEach
    void aMeterOfItsOwn() {
        meter = "M" + UUID.randomUUID();
    }

    static List<Integer> values(List<StoredRecord> records) {
        return records.stream().map(r -> r.body().get("value").asInt()).toList();
    }
}
