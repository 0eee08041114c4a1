package org.yuzui.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A plugin without Java that takes trips from a folder and has a rule judge them: when they come in, and once they are records. */
final class FleetPlugin {

    private static final String CONTRACT = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A trip", "x-title": {"zh": "行程", "en": "Trip"}, "type": "object",
             "x-key": ["/plate", "/day"], "required": ["plate", "day", "km", "dayOff"],
             "properties": {"plate": {"type": "string"}, "day": {"type": "string", "format": "date"}, "km": {"type": "number"},
                            "dayOff": {"type": "boolean"}, "driver": {"type": "string", "x-sensitivity": "personal", "x-mask": "name"},
                            "verdict": {"type": "string"}}}
            """;
    private static final String RULE = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:yuzui="https://yuzui.org/dmn"
                         id="use" name="公务用车检查" yuzui:en="Use of official vehicles" namespace="urn:yuzui:use">
              <inputData id="i1" name="dayOff" yuzui:zh="休息日" yuzui:en="Day off"><variable id="i1v" name="dayOff" typeRef="boolean"/></inputData>
              <inputData id="i2" name="km" yuzui:zh="里程" yuzui:en="Distance"><variable id="i2v" name="km" typeRef="number"/></inputData>
              <inputData id="i3" name="driver" yuzui:zh="驾驶员" yuzui:en="Driver" yuzui:optional="true"><variable id="i3v" name="driver" typeRef="string"/></inputData>
              <decision id="n" name="named" yuzui:zh="有驾驶员" yuzui:en="Driver is named"><variable id="nv" name="named" typeRef="boolean"/>
                <informationRequirement id="n1"><requiredInput href="#i3"/></informationRequirement>
                <literalExpression id="ne"><text>if driver = null then false else string length(driver) > 0</text></literalExpression></decision>
              <decision id="d" name="verdict" yuzui:zh="结论" yuzui:en="Verdict"><description>节假日公务用车封存停驶。</description><variable id="dv" name="verdict" typeRef="string"/>
                <informationRequirement id="d1"><requiredInput href="#i1"/></informationRequirement>
                <informationRequirement id="d2"><requiredInput href="#i2"/></informationRequirement>
                <informationRequirement id="d3"><requiredDecision href="#n"/></informationRequirement>
                <decisionTable id="t" hitPolicy="UNIQUE">
                  <input id="c1" label="休息日" yuzui:en="Day off"><inputExpression id="x1" typeRef="boolean"><text>dayOff</text></inputExpression></input>
                  <input id="c2" label="里程 km" yuzui:en="Distance km"><inputExpression id="x2" typeRef="number"><text>km</text></inputExpression></input>
                  <input id="c3" label="有驾驶员" yuzui:en="Driver is named"><inputExpression id="x3" typeRef="boolean"><text>named</text></inputExpression></input>
                  <output id="o"/>
                  <annotation name="依据"/>
                  <rule id="w1"><inputEntry id="w1a"><text>true</text></inputEntry><inputEntry id="w1b"><text>&gt;= 0.5</text></inputEntry><inputEntry id="w1c"><text>-</text></inputEntry><outputEntry id="w1d"><text>"day-off-use"</text></outputEntry><annotationEntry><text>节假日封存停驶</text></annotationEntry></rule>
                  <rule id="w2"><inputEntry id="w2a"><text>true</text></inputEntry><inputEntry id="w2b"><text>[0..0.5)</text></inputEntry><inputEntry id="w2c"><text>-</text></inputEntry><outputEntry id="w2d"><text>"moved-only"</text></outputEntry><annotationEntry><text></text></annotationEntry></rule>
                  <rule id="w3"><inputEntry id="w3a"><text>false</text></inputEntry><inputEntry id="w3b"><text>&gt;= 0</text></inputEntry><inputEntry id="w3c"><text>true</text></inputEntry><outputEntry id="w3d"><text>"in-order"</text></outputEntry><annotationEntry><text></text></annotationEntry></rule>
                  <rule id="w4"><inputEntry id="w4a"><text>false</text></inputEntry><inputEntry id="w4b"><text>&gt;= 0</text></inputEntry><inputEntry id="w4c"><text>false</text></inputEntry><outputEntry id="w4d"><text>"no-driver"</text></outputEntry><annotationEntry><text>出车须登记驾驶员</text></annotationEntry></rule>
                </decisionTable></decision>
            </definitions>
            """;

    private FleetPlugin() {
    }

    static byte[] zip(Path in) throws IOException {
        return RelayPlugin.zip(Map.of("plugin.yaml", """
                id: fleet
                version: "1.0.0"
                title: {zh: 车队, en: Fleet}
                publishes: [fleet.trip.v1]
                consumes: [fleet.trip.v1]
                """, "contracts/fleet.trip.v1.schema.json", CONTRACT, "rules/use.dmn", RULE, "routes/trips.camel.yaml", """
                - route:
                    id: take-trips
                    from:
                      uri: file:%s
                      parameters: {initialDelay: 0, delay: 50, move: done, moveFailed: failed}
                      steps:
                        - doTry:
                            steps:
                              - to: rule:use?decision=verdict&into=verdict
                              - to: record:fleet.trip.v1
                            doCatch:
                              - exception: [org.yuzui.spi.RefusedException]
                                steps:
                                  - to: record:refused?contract=fleet.trip.v1
                - route:
                    id: judge-trips
                    from:
                      uri: record:fleet.trip.v1?subscription=judge
                      steps:
                        - to: rule:use?header=Judged
                """.formatted(in)));
    }

    /** Lays a trip into the folder as a whole. */
    static void trip(Path in, String file, String json) throws IOException {
        Files.createDirectories(in);
        Files.writeString(in.resolve("." + file), json);
        Files.move(in.resolve("." + file), in.resolve(file));
    }
}
