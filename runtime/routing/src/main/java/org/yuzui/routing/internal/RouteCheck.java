package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.routing.RouteFiles.Surroundings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks through route files without a hub: all that is wrong is told at once, not the first thing only. */
public final class RouteCheck {

    /** Keys whose text is an endpoint. */
    private static final Set<String> ENDPOINTS = Set.of("uri", "to", "toD", "from", "wireTap", "enrich", "pollEnrich");
    private static final Set<String> NOUNS = Set.of("record", "rule", "schedule", "report");
    /** Names under {@code record:} that are no contracts. */
    private static final Set<String> DESKS = Set.of("refused", "ignored");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.-]+)\\s*}}");
    private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+-]*):.*", Pattern.DOTALL);

    private final List<HubFile> files;
    private final ClassLoader classLoader;
    private final Surroundings around;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> routeIds = new HashMap<>();
    private final Set<String> beans = new HashSet<>();

    public RouteCheck(List<HubFile> files, ClassLoader classLoader, Surroundings around) {
        this.files = files;
        this.classLoader = classLoader;
        this.around = around;
    }

    public List<Problem> problems() {
        List<YamlDocument> sound = new ArrayList<>();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(classLoader);
        try (DefaultCamelContext camel = new DefaultCamelContext(false)) {
            prepare(camel);
            for (HubFile file : files) {
                try {
                    sound.add(YamlDocument.parse(file.bytes(), file.path()));
                    PluginHelper.getRoutesLoader(camel)
                            .loadRoutes(ResourceHelper.fromBytes(file.id() + ".camel.yaml", file.bytes()));
                } catch (Exception e) {
                    note(e, file);
                }
            }
            sound.forEach(this::noteBeans);
            sound.forEach(yaml -> walk(yaml, yaml.root(), "", camel));
            files.forEach(this::checkPlaceholders);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        return problems.stream().distinct().toList();
    }

    private void prepare(DefaultCamelContext camel) {
        camel.setApplicationContextClassLoader(classLoader);
        camel.disableJMX();
        camel.setAutoStartup(false);
        camel.setSourceLocationEnabled(true);
        camel.setLoadTypeConverters(false);
        camel.build();
        camel.getRegistry().bind("settings", around.settings());
    }

    private void note(Exception e, HubFile file) {
        if (e instanceof ProblemException known) {
            problems.add(known.problem());
            return;
        }
        Problem problem = RouteProblems.of(Within.unwrap(e), List.of(file), file).problem();
        // A bean that can't be made without the site's settings is the deployment's matter; a class is looked for below.
        if (!problem.code().equals("missing-bean") && !problem.code().equals("class-not-found")) {
            problems.add(problem);
        }
    }

    private void noteBeans(YamlDocument yaml) {
        for (int i = 0; i < yaml.root().size(); i++) {
            JsonNode list = yaml.root().path(i).path("beans");
            for (int j = 0; j < list.size(); j++) {
                beans.add(list.get(j).path("name").asText());
                String type = list.get(j).path("type").asText("").replaceFirst("^#class:", "");
                if (!type.isEmpty() && !type.contains("{{") && !isClass(type)) {
                    add(yaml, "/" + i + "/beans/" + j + "/type", "class-not-found", "The class " + type + " is not in the plugin.",
                            "Check the name, or embed the library in the bundle.");
                }
            }
        }
    }

    private boolean isClass(String type) {
        try {
            Class.forName(type.replaceFirst("[(#].*$", ""), false, classLoader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private void walk(YamlDocument yaml, JsonNode node, String pointer, DefaultCamelContext camel) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(yaml, node.get(i), pointer + "/" + i, camel);
            }
        } else if (node.isObject()) {
            node.fields().forEachRemaining(e -> {
                String at = pointer + "/" + e.getKey().replace("~", "~0").replace("/", "~1");
                boolean parameters = e.getKey().equals("parameters") || e.getKey().equals("beans");
                if (e.getValue().isTextual() && ENDPOINTS.contains(e.getKey())) {
                    endpoint(yaml, e.getValue().asText(), at, camel);
                } else if (!parameters) {
                    walk(yaml, e.getValue(), at, camel);
                }
            });
            if (pointer.endsWith("/route") && node.path("id").isTextual()) {
                routeId(yaml, pointer + "/id", node.path("id").asText());
            }
        }
    }

    private void routeId(YamlDocument yaml, String at, String id) {
        String first = routeIds.putIfAbsent(id, yaml.place(at));
        if (first != null) {
            add(yaml, at, "duplicate-route", "A route with the id '" + id + "' stands at " + first + " already.",
                    "Give one of them another id.");
        }
    }

    private void endpoint(YamlDocument yaml, String uri, String at, DefaultCamelContext camel) {
        Matcher m = SCHEME.matcher(uri);
        if (!m.matches() || m.group(1).equals("ref")) {
            return;
        }
        String scheme = m.group(1);
        String name = uri.substring(scheme.length() + 1).replaceFirst("^//", "").replaceFirst("\\?.*$", "");
        boolean open = name.contains("{{") || name.contains("${");
        if (!NOUNS.contains(scheme)) {
            if (!beans.contains(scheme) && !hasComponent(camel, scheme)) {
                add(yaml, at, "unknown-scheme", "No component knows the scheme '" + scheme + "'.",
                        "Check the spelling (" + KnownKeys.cure(scheme, hostSchemes(camel))
                                + "); a component that the hub does not have must be embedded in the bundle.");
            }
        } else if (scheme.equals("record") && !open && !DESKS.contains(name) && !around.contracts().contains(name)) {
            add(yaml, at, "not-declared", "The contract '" + name + "' is neither brought nor declared by the plugin.",
                    "Name it in plugin.yaml under consumes or publishes. " + KnownKeys.cure(name, around.contracts()));
        } else if (scheme.equals("rule") && !open && !name.contains("/") && !around.ownRules().contains(name)) {
            add(yaml, at, "unknown-rule", "The plugin has no rule '" + name + "'.",
                    "Add rules/" + name + ".dmn. " + KnownKeys.cure(name, around.ownRules()));
        } else if (scheme.equals("schedule") && !open && !name.contains("/") && !around.ownSchedules().contains(name)) {
            add(yaml, at, "unknown-schedule", "The plugin has no schedule '" + name + "'.",
                    "Add schedules/" + name + ".schedule.yaml. " + KnownKeys.cure(name, around.ownSchedules()));
        }
    }

    private boolean hasComponent(DefaultCamelContext camel, String scheme) {
        try {
            return camel.getComponent(scheme, true, false) != null;
        } catch (RuntimeException e) {
            return true; // it is there and does not like to be made without its route; the deployment will tell
        }
    }

    private static Set<String> hostSchemes(DefaultCamelContext camel) {
        Set<String> known = new HashSet<>(NOUNS);
        known.addAll(List.of("bean", "direct", "file", "log", "mllp", "seda", "timer"));
        known.addAll(camel.getComponentNames());
        return known;
    }

    private void checkPlaceholders(HubFile file) {
        String[] lines = new String(file.bytes(), StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceFirst("(^|\\s)#.*$", "");
            Matcher m = PLACEHOLDER.matcher(line);
            while (m.find()) {
                if (!isSetting(m.group(1))) {
                    problems.add(new Problem("unknown-setting", file.path() + ":" + (i + 1),
                            "There is no setting '" + m.group(1) + "'.",
                            "Describe it in settings.schema.json. " + KnownKeys.cure(m.group(1), around.settingKeys())));
                }
            }
        }
    }

    /** A key below one that the schema leaves open ({@code facilities.*}) may be there. */
    private boolean isSetting(String key) {
        return around.settingKeys().contains(key) || around.settingKeys().stream()
                .anyMatch(k -> k.endsWith(".*") && key.startsWith(k.substring(0, k.length() - 1)));
    }

    private void add(YamlDocument yaml, String pointer, String code, String message, String cure) {
        problems.add(new Problem(code, yaml.place(pointer), message, cure));
    }
}
