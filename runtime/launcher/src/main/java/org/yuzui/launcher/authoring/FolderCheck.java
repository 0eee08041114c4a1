package org.yuzui.launcher.authoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.yuzui.container.PluginFiles;
import org.yuzui.contracts.ContractFiles;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.Hub;
import org.yuzui.reporting.FormFiles;
import org.yuzui.routing.RouteFiles;
import org.yuzui.rules.RuleFiles;
import org.yuzui.scheduling.ScheduleFiles;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds a plugin's files against the hub's own readers and tells everything that is wrong, file by file. */
final class FolderCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "hub/settings.schema.json";
    /** What the hub reads in each folder of {@code hub/}. */
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of("contracts", ".schema.json", "routes", ".camel.yaml",
            "rules", ".dmn", "schedules", ".schedule.yaml", "reports", ".form.yaml"));

    private final PluginFolder folder;
    private final Clock clock;
    private final ZoneId zone;
    private final List<Problem> problems = new ArrayList<>();

    FolderCheck(PluginFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.zone = clock.getZone();
    }

    /**
     * @param classLoader finds the plugin's own classes
     * @return what is wrong, each with a place relative to the plugin's folder; empty when nothing is
     */
    List<Problem> problems(ClassLoader classLoader) {
        Optional<PluginDescriptor> descriptor = descriptor();
        String id = descriptor.map(PluginDescriptor::id).orElse("unknown");
        Settings defaults = settings();
        strayFiles();
        eachFile("contracts", file -> ContractFiles.read(file, id, zone));
        problems.addAll(RuleFiles.check(files("rules"), files("contracts"), id));
        eachFile("schedules", file -> ScheduleFiles.read(file, id, zone, clock.instant()));
        eachFile("reports", file -> FormFiles.read(file, id));
        Set<String> contracts = names("contracts");
        descriptor.ifPresent(d -> {
            contracts.addAll(d.consumes());
            contracts.addAll(d.publishes());
        });
        problems.addAll(RouteFiles.check(files("routes"), classLoader,
                new RouteFiles.Surroundings(defaults, settingKeys(), contracts, names("rules"), names("schedules"))));
        return problems;
    }

    private Optional<PluginDescriptor> descriptor() {
        try {
            return Optional.of(PluginFiles.descriptor(folder.descriptor(), PluginFolder.DESCRIPTOR, Hub.VERSION));
        } catch (ProblemException e) {
            problems.add(unfilled(e.problem()));
            return Optional.empty();
        }
    }

    private Problem unfilled(Problem problem) {
        return problem.code().equals("bad-version") && problem.message().contains("${")
                ? problem.cure("There is no pom.xml that says it: write the version itself, for example \"0.1.0\".") : problem;
    }

    private Settings settings() {
        Path schema = folder.root().resolve(SCHEMA);
        if (!Files.isRegularFile(schema)) {
            return Settings.empty();
        }
        try {
            return PluginFiles.settings(PluginFolder.bytes(schema), SCHEMA, JsonNodeFactory.instance.objectNode());
        } catch (ProblemException e) {
            problems.add(e.problem());
            return Settings.empty();
        }
    }

    /** Dotted paths of all settings; {@code facilities.*} where the schema leaves the keys open. */
    private Set<String> settingKeys() {
        Set<String> keys = new TreeSet<>();
        Path schema = folder.root().resolve(SCHEMA);
        if (Files.isRegularFile(schema)) {
            try {
                collect(JSON.readTree(PluginFolder.bytes(schema)), "", keys);
            } catch (IOException e) {
                return Set.of("*"); // told already; every key may be there
            }
        }
        return keys;
    }

    private static void collect(JsonNode schema, String prefix, Set<String> keys) {
        if (schema.path("additionalProperties").isObject() || schema.path("additionalProperties").asBoolean()
                || schema.has("patternProperties") || schema.has("$ref")) {
            keys.add(prefix + "*");
        }
        for (String share : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(share).forEach(s -> collect(s, prefix, keys));
        }
        schema.path("properties").fields().forEachRemaining(e -> {
            keys.add(prefix + e.getKey());
            collect(e.getValue(), prefix + e.getKey() + ".", keys);
        });
    }

    /** A file with another ending would lie there and do nothing, which nobody notices for a long time. */
    private void strayFiles() {
        folder.files("hub").forEach((name, path) -> {
            int slash = name.indexOf('/');
            String kind = slash < 0 ? "" : name.substring(0, slash);
            if (slash < 0 && !name.equals("plugin.yaml") && !name.equals("settings.schema.json")) {
                stray(name, "The hub reads plugin.yaml and settings.schema.json here.",
                        KnownKeys.cure(name, List.of("plugin.yaml", "settings.schema.json")));
            } else if (slash > 0 && KINDS.containsKey(kind) && !name.endsWith(KINDS.get(kind))) {
                stray(name, "The hub reads only *" + KINDS.get(kind) + " in hub/" + kind + ".", "Rename it, or move it out of hub/.");
            } else if (slash > 0 && !KINDS.containsKey(kind) && KnownKeys.nearest(kind, KINDS.keySet()).isPresent()) {
                stray(name, "The hub knows no folder '" + kind + "'.", KnownKeys.cure(kind, KINDS.keySet()));
            }
        });
    }

    private void stray(String name, String message, String cure) {
        problems.add(new Problem("unread-file", "hub/" + name, message, cure));
    }

    private interface Reading {
        void of(HubFile file);
    }

    private void eachFile(String kind, Reading reading) {
        for (HubFile file : files(kind)) {
            try {
                reading.of(file);
            } catch (ProblemException e) {
                problems.add(e.problem());
            }
        }
    }

    private List<HubFile> files(String kind) {
        return folder.hubFiles(kind, KINDS.get(kind));
    }

    private Set<String> names(String kind) {
        return files(kind).stream().map(HubFile::id).collect(Collectors.toCollection(HashSet::new));
    }
}
