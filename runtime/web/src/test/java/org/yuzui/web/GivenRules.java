package org.yuzui.web;

import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.rules.Rules;
import org.yuzui.spi.Settings;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/** One real rule: may a vehicle be used? */
record GivenRules() implements PluginContent {

    private static final String USE = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:yuzui="https://yuzui.org/dmn"
                         id="use" name="公务用车检查" yuzui:en="Use of vehicles" namespace="urn:use">
              <inputData id="i1" name="dayOff"><variable id="v1" name="dayOff" typeRef="boolean"/></inputData>
              <inputData id="i2" name="driver" yuzui:optional="true"><variable id="v2" name="driver" typeRef="string"/></inputData>
              <decision id="d" name="verdict"><variable id="dv" name="verdict" typeRef="string"/>
                <informationRequirement id="r1"><requiredInput href="#i1"/></informationRequirement>
                <informationRequirement id="r2"><requiredInput href="#i2"/></informationRequirement>
                <decisionTable id="t" hitPolicy="UNIQUE">
                  <input id="c1"><inputExpression id="x1" typeRef="boolean"><text>dayOff</text></inputExpression></input>
                  <output id="o"/>
                  <rule id="w1"><inputEntry id="w1a"><text>true</text></inputEntry><outputEntry id="w1b"><text>"no"</text></outputEntry></rule>
                  <rule id="w2"><inputEntry id="w2a"><text>false</text></inputEntry><outputEntry id="w2b"><text>"yes"</text></outputEntry></rule>
                </decisionTable></decision>
            </definitions>""";

    static Rules deployed() {
        Rules rules = new Rules(Clock.fixed(FakeHub.NOON, ZoneOffset.UTC));
        rules.deploy(new GivenRules()).start();
        return rules;
    }

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor("vehicle", "1.0.0", new Title("公务用车", "Vehicles"), null, List.of(), List.of(), List.of());
    }

    @Override
    public List<HubFile> files(String folder, String suffix) {
        return folder.equals("rules") ? List.of(new HubFile("use", "rules/use.dmn", USE.getBytes(StandardCharsets.UTF_8))) : List.of();
    }

    @Override
    public ClassLoader classLoader() {
        return getClass().getClassLoader();
    }

    @Override
    public Settings settings() {
        return Settings.empty();
    }
}
