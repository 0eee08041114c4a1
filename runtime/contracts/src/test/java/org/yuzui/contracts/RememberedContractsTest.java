package org.yuzui.contracts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginException;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.file.Path;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a contract has said is known after a restart too. */
class RememberedContractsTest {

    private static final String FIRST = """
            {"type": "object", "x-key": ["/n"], "required": ["n"],
             "properties": {"n": {"type": "integer", "minimum": 1.50}, "text": {"type": "string"}}}""";
    private static final String WIDER = FIRST.replace("\"text\"", "\"more\": {\"type\": \"string\"}, \"text\"");
    private static final String NARROWER = FIRST.replace("[\"n\"],", "[\"n\", \"text\"],");

    @TempDir
    static Path data;
    private static Store store;

    @BeforeAll
    static void open() {
        store = Store.open(StoreSettings.embedded(data));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static Contracts restarted() {
        return Contracts.open(store, ZoneId.of("Asia/Shanghai"));
    }

    private static Deployment deploy(Contracts contracts, String id, String schema) {
        Deployment deployment = contracts.deploy(GivenContracts.of("his", id, schema));
        deployment.start();
        return deployment;
    }

    private static void use(Contracts contracts, String id) {
        contracts.require(id).check(JsonNodeFactory.instance.objectNode().put("n", 7));
    }

    @Test
    void anIncompatibleChangeIsRefusedAfterARestart() {
        deploy(restarted(), "his.a.v1", FIRST);

        assertThatThrownBy(() -> deploy(restarted(), "his.a.v1", NARROWER)).isInstanceOf(PluginException.class)
                .hasMessageContaining("/text is required now.");
        deploy(restarted(), "his.a.v1", FIRST);
    }

    @Test
    void goingBackIsAllowedAfterARestart() {
        deploy(restarted(), "his.b.v1", FIRST);
        Contracts second = restarted();
        deploy(second, "his.b.v1", WIDER);
        use(second, "his.b.v1");

        deploy(restarted(), "his.b.v1", FIRST);
        assertThatThrownBy(() -> deploy(restarted(), "his.b.v1", WIDER.replace("\"more\": {\"type\": \"string\"}",
                "\"more\": {\"type\": \"integer\"}"))).isInstanceOf(PluginException.class).hasMessageContaining("/more");
    }

    @Test
    void aVersionThatWentUnusedBindsNobodyAfterARestart() {
        deploy(restarted(), "his.c.v1", FIRST);
        deploy(restarted(), "his.c.v1", WIDER).close();

        deploy(restarted(), "his.c.v1", WIDER.replace("\"more\": {\"type\": \"string\"}", "\"more\": {\"type\": \"integer\"}"));
    }

    @Test
    void theWayBackFromAnUpdateIsOpenThoughNoRecordWasMadeBeforeIt() {
        Contracts contracts = restarted();
        Deployment old = deploy(contracts, "his.e.v1", FIRST);
        Deployment next = deploy(contracts, "his.e.v1", WIDER);
        old.close();
        use(contracts, "his.e.v1");
        next.close();

        deploy(restarted(), "his.e.v1", FIRST);
    }

    @Test
    void aPlannedStopForgetsNothingThatWasAcceptedBefore() {
        Contracts first = restarted();
        Deployment wider = deploy(first, "his.d.v1", FIRST);
        Deployment next = deploy(first, "his.d.v1", WIDER);
        use(first, "his.d.v1");
        next.close();
        wider.close();
        Contracts second = restarted();
        deploy(second, "his.d.v1", WIDER).close(); // unused in this run, but accepted in the one before

        int known = store.jdbi().withHandle(h -> h.createQuery(
                "SELECT count(*) FROM contracts.accepted WHERE contract = 'his.d.v1'").mapTo(Integer.class).one());
        assertThat(known).isEqualTo(2);
    }
}
