package org.yuzui.contracts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.GivenPlugin;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ContractsTest {

    private static final String VISIT = """
            {
              "title": "Visit",
              "type": "object",
              "x-key": ["/number"],
              "required": ["number"],
              "properties": {
                "number": {"type": "string"},
                "name": {"type": "string", "x-sensitivity": "personal"},
                "ward": {"type": "string"},
                "list": {"type": "array", "items": {"type": "object", "properties": {"code": {"type": "string"}}}}
              }
            }""";
    private static final String WIDER = VISIT.replace("\"ward\"", "\"bed\": {\"type\": \"string\"},\n\"ward\"");
    private static final String NARROWER = VISIT.replace("[\"number\"],\n", "[\"number\", \"ward\"],\n");

    private final Contracts contracts = new Contracts(ZoneId.of("Asia/Shanghai"));

    @Test
    void deploysAndTakesAway() {
        Deployment deployment = deploy(GivenContracts.of("his", "his.visit.v1", VISIT));

        Contract contract = contracts.require("his.visit.v1");
        assertThat(contract.plugin()).isEqualTo("his");
        assertThat(contract.title()).isEqualTo(new Title("Visit", "Visit"));
        assertThat(contract.stored()).isTrue();
        assertThat(contract.keyPointers()).containsExactly("/number");
        assertThat(contract.indexFields()).isEmpty();
        assertThat(contracts.all()).containsExactly(contract);

        deployment.close();
        deployment.close();
        assertThat(contracts.find("his.visit.v1")).isEmpty();
        assertThat(contracts.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"x-key\": [\"/number\"]     | \"x-key\": [\"/number\", \"/ward\"] | x-key [\"/number\"] → [\"/number\",\"/ward\"]",
            "\"x-key\": [\"/number\"]     | \"x-key\": [\"/number\"], \"x-unit\": \"/ward\" | x-unit (none) → \"/ward\"",
            "\"ward\": {                  | \"ward\": {\"x-mask\": \"name\", | field /ward is hidden at capture now",
            ", \"x-sensitivity\": \"personal\" | ''                           | field /name is not hidden any more",
            "\"ward\": {                  | \"bed\": {}, \"ward\": {       | "})
    void aPlanTellsWhatReadersNotice(String from, String to, String noticed) {
        PlannedChange change = contracts.plan(GivenContracts.of("his", "his.visit.v1", NARROWER.replace(from, to)),
                GivenContracts.of("his", "his.visit.v1", NARROWER)).get(0);
        assertThat(change.action()).isEqualTo(PlannedChange.Action.CHANGE);
        assertThat(change.details()).isNotEmpty();
        assertThat(change.noticed()).isEqualTo(noticed == null ? List.of() : List.of(noticed));
    }

    @Test
    void namesTheNearestContract() {
        deploy(GivenContracts.of("his", "his.visit.v1", VISIT));

        assertThatThrownBy(() -> contracts.require("his.vist.v1")).isInstanceOf(ProblemException.class)
                .hasMessage("There is no contract 'his.vist.v1'. Did you mean 'his.visit.v1'?");
    }

    @Test
    void takesAllContractsOfAPluginOrNone() {
        GivenPlugin plugin = GivenContracts.of("his", Map.of("his.a.v1", VISIT, "his.b.v1", "{}"));

        assertThatThrownBy(() -> deploy(plugin)).isInstanceOf(PluginException.class);
        assertThat(contracts.all()).isEmpty();
    }

    @Test
    void aContractBelongsToOnePlugin() {
        Deployment his = deploy(GivenContracts.of("his", "his.visit.v1", VISIT));

        assertThat(refusal("hr", "his.visit.v1", VISIT)).satisfies(p -> {
            assertThat(p.code()).isEqualTo("duplicate-contract");
            assertThat(p.message()).contains("'his'");
        });

        his.close();
        deploy(GivenContracts.of("hr", "his.visit.v1", VISIT));
        assertThat(contracts.require("his.visit.v1").plugin()).isEqualTo("hr");
    }

    @Test
    void theNewerDeploymentCountsWhicheverIsClosedFirst() {
        Deployment old = deploy(GivenContracts.of("his", "his.visit.v1", VISIT));
        Deployment next = deploy(GivenContracts.of("his", "his.visit.v1", WIDER));
        Contract newer = contracts.require("his.visit.v1");

        old.close();
        assertThat(contracts.require("his.visit.v1")).isSameAs(newer);
        next.close();
        assertThat(contracts.all()).isEmpty();
    }

    @Test
    void theOlderDeploymentCountsAgainWhenTheNewerGoes() {
        deploy(GivenContracts.of("his", "his.visit.v1", VISIT));
        Contract older = contracts.require("his.visit.v1");
        deploy(GivenContracts.of("his", "his.visit.v1", WIDER)).close();

        assertThat(contracts.require("his.visit.v1")).isSameAs(older);
    }

    @Test
    void remembersWhatAContractSaidAfterItsPluginWent() {
        deploy(GivenContracts.of("his", "his.visit.v1", VISIT)).close();

        assertThat(refusal("his", "his.visit.v1", NARROWER)).satisfies(p -> {
            assertThat(p.code()).isEqualTo("incompatible-contract");
            assertThat(p.message()).contains("/ward is required now.");
            assertThat(p.cure()).contains("his.visit.v2");
        });
        deploy(GivenContracts.of("his", "his.visit.v2", NARROWER));
    }

    @Test
    void goingBackIsAllowedButBindsTheNextVersionToWhatWasUsed() {
        deploy(GivenContracts.of("his", "his.visit.v1", VISIT)).close();
        Deployment wider = deploy(GivenContracts.of("his", "his.visit.v1", WIDER));
        contracts.require("his.visit.v1").check(JsonNodeFactory.instance.objectNode().put("number", "1"));
        wider.close();

        deploy(GivenContracts.of("his", "his.visit.v1", VISIT)).close();
        assertThat(refusal("his", "his.visit.v1", WIDER.replace("\"bed\": {\"type\": \"string\"}",
                "\"bed\": {\"type\": \"integer\"}")).message()).contains("/bed");
    }

    @Test
    void aVersionThatWentUnusedBindsNobody() {
        Deployment old = deploy(GivenContracts.of("his", "his.visit.v1", VISIT));
        deploy(GivenContracts.of("his", "his.visit.v1", WIDER)).close();
        old.close();

        deploy(GivenContracts.of("his", "his.visit.v1", WIDER.replace("\"bed\": {\"type\": \"string\"}",
                "\"bed\": {\"type\": \"integer\"}")));
    }

    @Test
    void aVersionThatWasReplacedUnusedCanBeGoneBackToAndBindsAgain() {
        Deployment old = deploy(GivenContracts.of("his", "his.visit.v1", VISIT));
        Deployment wider = deploy(GivenContracts.of("his", "his.visit.v1", WIDER));
        old.close();

        Deployment again = deploy(GivenContracts.of("his", "his.visit.v1", VISIT));
        wider.close();

        assertThat(refusal("his", "his.visit.v1", NARROWER).code()).isEqualTo("incompatible-contract");
        again.close();
        deploy(GivenContracts.of("his", "his.visit.v1", WIDER.replace("\"bed\": {\"type\": \"string\"}",
                "\"bed\": {\"type\": \"integer\"}")));
    }

    @Test
    void aVersionCountsFromItsStartOnAndTheOneBeforeCountsAgainAfterAFailedSwitch() {
        Deployment old = deploy(GivenContracts.of("his", "his.visit.v1", VISIT));
        Contract older = contracts.require("his.visit.v1");

        Deployment next = contracts.deploy(GivenContracts.of("his", Map.of("his.visit.v1", WIDER, "his.ward.v1", VISIT)));
        assertThat(contracts.require("his.visit.v1")).isSameAs(older);
        assertThat(contracts.find("his.ward.v1")).isEmpty();
        old.quiesce();
        assertThat(contracts.require("his.visit.v1")).as("others go on publishing it").isSameAs(older);
        next.start();
        assertThat(contracts.require("his.visit.v1")).isNotSameAs(older);
        assertThat(contracts.find("his.ward.v1")).isPresent();

        next.quiesce();
        old.start();
        assertThat(contracts.require("his.visit.v1")).isSameAs(older);
        next.close();
        assertThat(contracts.all()).containsExactly(older);
    }

    @Test
    void aPlanSaysFieldByFieldWhatChangesAndWhatForbidsIt() {
        deploy(GivenContracts.of("hr", "hr.person.v1", VISIT));
        GivenPlugin running = GivenContracts.of("his", Map.of("his.visit.v1", VISIT, "his.ward.v1", VISIT, "his.old.v1", VISIT));
        deploy(running);
        GivenPlugin coming = GivenContracts.of("his", Map.of("his.visit.v1", WIDER, "his.ward.v1", NARROWER,
                "his.new.v1", VISIT, "hr.person.v1", VISIT, "his.bad.v1", "{}"));

        List<PlannedChange> changes = contracts.plan(coming, running);

        assertThat(changes).extracting(c -> c.id() + " " + c.action() + " " + c.details()).containsExactly(
                "his.bad.v1 ADD []", "his.new.v1 ADD []", "his.old.v1 REMOVE []",
                "his.visit.v1 CHANGE [new optional field /bed]", "his.ward.v1 CHANGE [field /ward: required now]",
                "hr.person.v1 ADD []");
        assertThat(changes).extracting(c -> c.problems().stream().map(Problem::code).toList()).containsExactly(
                List.of("bad-schema"), List.of(), List.of(), List.of(), List.of("incompatible-contract"),
                List.of("duplicate-contract"));
        assertThat(contracts.plan(running, running)).extracting(PlannedChange::action).containsOnly(PlannedChange.Action.KEEP);
        assertThat(contracts.plan(null, running)).extracting(PlannedChange::action).containsOnly(PlannedChange.Action.REMOVE);
    }

    @Test
    void aVersionThatWasDeployedAndNeverStartedLeavesNoTrace() {
        Deployment old = deploy(GivenContracts.of("his", "his.visit.v1", VISIT));
        contracts.deploy(GivenContracts.of("his", "his.visit.v1", WIDER)).close();
        assertThat(contracts.all()).hasSize(1);
        old.close();

        deploy(GivenContracts.of("his", "his.visit.v1", WIDER.replace("\"bed\": {\"type\": \"string\"}",
                "\"bed\": {\"type\": \"integer\"}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // what stands there        | what stands there instead          | code                | line | said or cured
            "'{\n  \"title\"'           | '{\n  \"titel\"'                    | unknown-keyword     | 2    | 'title'",
            "'\"x-key\": [\"/number\"]' | '\"x-keys\": [\"/number\"]'         | unknown-keyword     | 4    | 'x-key'",
            "'\"x-key\": [\"/number\"]' | '\"x-retention\": \"1 year\"'       | bad-retention       | 4    | P90D",
            "'\"x-key\": [\"/number\"]' | '\"x-retention\": \"P0D\"'          | bad-retention       | 4    | P1Y",
            "'\"x-key\": [\"/number\"]' | '\"x-key\": []'                     | missing-key         | 4    | x-key",
            "'\"x-key\": [\"/number\"]' | '\"x-key\": [\"/numbr\"]'           | bad-pointer         | 4    | '/number'",
            "'\"x-key\": [\"/number\"]' | '\"x-key\": [\"number\"]'           | bad-pointer         | 4    | '/number'",
            "'\"x-key\": [\"/number\"]' | '\"x-key\": \"/number\"'            | wrong-type          | 4    | list",
            "'\"x-key\": [\"/number\"]' | '\"x-key\": [\"/ward\"]'            | bad-pointer         | 4    | required",
            "'\"x-key\": [\"/number\"]' | '\"x-key\": [\"/list\"]'            | bad-pointer         | 4    | /list",
            "'\"x-key\": [\"/number\"]' | '\"x-key\": [\"/list/0/code\"]'     | bad-pointer         | 4    | /list/0/code",
            "'\"x-key\": [\"/number\"]' | '\"x-key\": [\"/name\"]'            | personal-pointer    | 4    | personal",
            "'\"x-key\": [\"/number\"]' | '\"x-unit\": \"/name\"'             | personal-pointer    | 4    | personal",
            "'\"x-key\": [\"/number\"]' | '\"x-index\": [7]'                  | wrong-type          | 4    | pointer",
            "'\"x-key\": [\"/number\"]' | '\"x-unit\": \"/unti\"'             | bad-pointer         | 4    | /unti",
            "'\"x-key\": [\"/number\"]' | '\"x-date\": \"/ward\"'             | bad-pointer         | 4    | date-time",
            "'\"x-key\": [\"/number\"]' | '\"x-stored\": \"no\"'              | wrong-type          | 4    | true",
            "'\"x-key\": [\"/number\"]' | '\"x-capture\": \"arival\"'         | bad-capture         | 4    | 'arrival'",
            "'\"x-key\": [\"/number\"]' | '\"x-capture\": true'               | bad-capture         | 4    | published",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"type\": \"string\", \"x-capture\": \"none\"}' | misplaced-keyword | 9 | top",
            "'\"title\": \"Visit\"'     | '\"$schema\": \"http://json-schema.org/draft-07/schema#\"' | bad-schema | 2 | 2020-12",
            "'\"type\": \"object\",\n  \"x' | '\"type\": \"array\",\n  \"x'   | bad-schema          | 3    | object",
            "'\"required\": [\"number\"]' | '\"required\": \"number\"'        | bad-schema          | 5    | array",
            "'\"number\": {\"type\": \"string\"}' | '\"number\": {\"type\": \"strin\"}'   | bad-schema | 7 | string",
            "'\"number\": {\"type\": \"string\"}' | '\"number\": {\"type\": \"string\", \"x-key\": [\"/a\"]}' | misplaced-keyword | 7 | top",
            "'\"number\": {\"type\": \"string\"}' | '\"number\": {\"type\": [\"string\", \"null\"]}' | bad-pointer | 4 | null",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"type\": \"string\", \"x-rules\": []}' | misplaced-keyword | 9 | top",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"type\": \"integer\", \"x-sensitivity\": \"secret\"}' | unmaskable-field | 9 | string",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"x-sensitivity\": \"privat\"}' | bad-sensitivity | 9 | public",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"x-mask\": \"nose\"}'    | bad-mask  | 9    | id-number",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"$ref\": \"https://example.org/ward.json\"}' | remote-reference | 9 | fetches",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"$ref\": \"other.json#/a\"}' | remote-reference | 9 | $defs",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"$ref\": \"#/$defs/ward\"}' | bad-reference | 9 | #/$defs/ward",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"$ref\": \"#/properties/ward\"}' | bad-reference | 9 | itself",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"type\": \"string\"},\n\"ward\": {}' | bad-json  | 10   | Duplicate",
            "'\"ward\": {\"type\": \"string\"}' | '\"ward\": {\"type\": \"string\",}'   | bad-json  | 9    | JSON",
    })
    void saysWhatIsWrongWithAFileAndWhere(String what, String instead, String code, int line, String said) {
        assertThat(VISIT).contains(what);

        Problem problem = refusal("his", "his.visit.v1", VISIT.replace(what, instead));

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.place()).startsWith("contracts/his.visit.v1.schema.json:" + line);
        assertThat(problem.message() + " " + problem.cure()).contains(said);
        assertThat(contracts.all()).isEmpty();
    }

    @Test
    void refusesABadPattern() {
        assertThat(refusal("his", "his.visit.v1", VISIT.replace("\"ward\": {\"type\": \"string\"}",
                "\"ward\": {\"type\": \"string\", \"pattern\": \"(\"}")).code()).isEqualTo("bad-schema");
    }

    @ParameterizedTest
    @CsvSource({"visit.v1,false", "his.visit.v1,true", "his.visit-note.v12,true", "his.a.b.v1,true", "his.visit,false",
            "His.visit.v1,false", "his.visit.v0,false", "his..v1,false", "v1,false", "his.visit.v1.schema,false"})
    void theFileNameIsTheId(String id, boolean good) {
        if (good) {
            deploy(GivenContracts.of("his", id, VISIT));
            assertThat(contracts.find(id)).isPresent();
        } else {
            assertThat(refusal("his", id, VISIT).code()).isEqualTo("bad-contract-id");
        }
    }

    @Test
    void knowsTheWordsOfItsLanguageWithoutTheNetwork() {
        deploy(GivenContracts.of("his", "his.visit.v1", """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://yuzui.org/his.visit.v1",
                \t"type": "object", "x-key": ["/a/b"], "x-stored": false, "required": ["a"],
                \t"properties": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}},
                \t"$defs": {"a": {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}}}}"""));

        assertThat(contracts.require("his.visit.v1").stored()).isFalse();
        assertThat(contracts.require("his.visit.v1").check(JsonNodeFactory.instance.objectNode()
                .set("a", JsonNodeFactory.instance.objectNode().put("b", 7))).key()).isEqualTo("7");
    }

    private Problem refusal(String plugin, String id, String schema) {
        PluginException e = catchThrowableOfType(PluginException.class,
                () -> contracts.deploy(GivenContracts.of(plugin, id, schema)));
        assertThat(e).as("refused").isNotNull();
        return e.problem();
    }

    /** As a plugin is that comes up at once. */
    private Deployment deploy(GivenPlugin plugin) {
        Deployment deployment = contracts.deploy(plugin);
        deployment.start();
        return deployment;
    }
}
