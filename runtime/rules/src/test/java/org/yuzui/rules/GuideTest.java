package org.yuzui.rules;

import org.junit.jupiter.api.Test;
import org.yuzui.kernel.GivenPlugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What the guide shows works as it says. */
class GuideTest {

    private static final Path GUIDE = Path.of("../../distribution/docs/guide/rules.md");

    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @Test
    void theVehicleOnADayOff() throws IOException {
        Rules rules = new Rules(Clock.systemUTC());
        rules.deploy(GivenPlugin.of("vehicle", "rules/vehicle-use.dmn", block("xml"))).start();
        Rule rule = rules.require("vehicle/vehicle-use");

        assertThat(rule.findings()).isEmpty();
        Map<String, Object> trip = new HashMap<>(Map.of("dayOff", true, "plate", "川A12345"));
        assertThat(rule.decide(Rules.json(trip), "结论").outputs().get("结论").asText()).isEqualTo("疑似公车私用");
        trip.put("派车单", "派〔2026〕7号");
        assertThat(rule.decide(Rules.json(trip), "结论").outputs().get("结论").asText()).isEqualTo("正常");
    }

    @Test
    void theChecks() throws IOException {
        String checks = block("json").strip().replaceFirst("^\"x-rules\": \\[", "").replaceFirst("]$", "");
        assertThat(RuleFiles.check(List.of(), GivenPlugin.of("vehicle", "contracts/vehicle.trip.v1.schema.json",
                ChecksTest.contract(checks)).files("contracts", ".schema.json"), "vehicle")).isEmpty();
        assertThat(RuleFiles.check(List.of(), GivenPlugin.of("vehicle", "contracts/vehicle.trip.v1.schema.json",
                ChecksTest.contract(checks.replace("还车", "还"))).files("contracts", ".schema.json"), "vehicle"))
                .singleElement().satisfies(p -> assertThat(p.code()).isEqualTo("unknown-field"));
    }
}
