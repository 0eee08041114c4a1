package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.plugin.assets.life.Event;
import org.yuzui.plugin.assets.life.Judge;
import org.yuzui.rules.Rule;
import org.yuzui.rules.Rules;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code rules/movement.dmn} as the hub compiles it, asked without a hub. */
final class TheRule implements Judge {

    private static final Rule RULE = rule();
    private static final Map<String, Verdict> ASKED = new ConcurrentHashMap<>();

    private static Rule rule() {
        Rules rules = new Rules(Clock.systemUTC());
        rules.deploy(new Content()).start();
        return rules.require("assets/movement");
    }

    @Override
    public Verdict of(Event.Kind kind, String state, boolean holder, String told) {
        return ASKED.computeIfAbsent(kind + state + holder + told, k -> {
            JsonNode step = RULE.decide(JsonNodeFactory.instance.objectNode().put("kind", kind.word()).put("state", state)
                    .put("holder", holder).put("told", told)).outputs().path("step");
            if (!step.path("verdict").isTextual()) {
                throw new IllegalStateException("No row for " + k);
            }
            return new Verdict(step.path("verdict").asText(), step.path("next").asText(), step.path("message").asText());
        });
    }

    private record Content() implements PluginContent {

        @Override
        public PluginDescriptor descriptor() {
            return new PluginDescriptor("assets", "1.0.0", new Title("assets", "assets"), null, List.of(), List.of(), List.of());
        }

        @Override
        public List<HubFile> files(String folder, String suffix) {
            try {
                return folder.equals("rules") ? List.of(new HubFile("movement", "rules/movement.dmn",
                        Files.readAllBytes(Path.of("hub/rules/movement.dmn")))) : List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
}
