package org.yuzui.records.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.contracts.Contract;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.rules.RecordChecks;
import org.yuzui.rules.RecordChecks.Broken;
import org.yuzui.rules.Rules;
import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The {@code x-rules} of the contracts that are in use. Thread-safe. */
final class ContractChecks {

    private final Rules rules;
    /** At most one version of a contract; a record of the other version while they are switched is looked up anew. */
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Contract contract, RecordChecks checks) {
    }

    ContractChecks(Rules rules) {
        this.rules = rules;
    }

    /**
     * Checks a record that keeps its schema, before it is masked.
     *
     * @return what the rules warn of, in both languages; null when there is nothing
     * @throws RefusedException {@code rule-violated} with id and message of every rule that says no
     */
    String check(Contract contract, JsonNode body) {
        if (!contract.schema().has("x-rules")) {
            return null;
        }
        List<Broken> broken = checks(contract).broken(body);
        if (broken.isEmpty()) {
            return null;
        }
        List<Broken> refusing = broken.stream().filter(Broken::refuses).toList();
        if (!refusing.isEmpty()) {
            throw new RefusedException("rule-violated", refusing.get(0).id(), contract.id() + ": " + said(refusing));
        }
        return said(broken);
    }

    private static String said(List<Broken> broken) {
        return broken.stream().map(b -> b.id() + " – " + (b.message().zh().equals(b.message().en()) ? b.message().zh()
                : b.message().zh() + " / " + b.message().en())).collect(Collectors.joining("; "));
    }

    private RecordChecks checks(Contract contract) {
        Known found = known.get(contract.id());
        if (found != null && found.contract == contract) {
            return found.checks;
        }
        // Not refused: what has rules is never taken without them, and its source may send again.
        RecordChecks checks = rules.checks(contract.id(), contract.schema()).orElseThrow(() -> new ProblemException(
                new Problem("rules-missing", null, "The rules of " + contract.id() + " are not there.",
                        "Its plugin is being replaced or removed: try again.")));
        known.put(contract.id(), new Known(contract, checks));
        return checks;
    }
}
