package org.yuzui.testkit.cases;

import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.Publication;
import org.yuzui.records.Records;
import org.yuzui.spi.RefusedException;

import java.io.IOException;

/** Publishes under a contract, as another plugin would; the answer is the outcome, or the code of the refusal. */
final class RecordDoor implements Door {

    private final Records records;
    private final String contract;

    RecordDoor(Records records, String contract) {
        this.records = records;
        this.contract = contract;
    }

    @Override
    public Kind kind() {
        return Kind.RECORD;
    }

    @Override
    public String give(String name, byte[] given) throws IOException {
        try {
            Publication done = records.publish(new Draft(contract, CaseFile.JSON.readTree(given), Origin.of("case", null, "given")));
            return done.outcome().name();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return "not-json"; // nobody can publish what is no JSON
        } catch (RefusedException e) {
            return e.code();
        }
    }
}
