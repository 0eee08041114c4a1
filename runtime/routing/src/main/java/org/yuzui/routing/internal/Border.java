package org.yuzui.routing.internal;

import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What an owner's routes may touch. A plugin's publish and read the contracts that its descriptor declares and those that
 * it brings itself; of its own rules, schedules and forms they find those of their own version. The site's may do everything.
 */
final class Border {

    static final Border OPEN = new Border(null, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), List::of);

    private final String plugin;
    private final Set<String> publishes;
    private final Set<String> reads;
    private final Set<String> rules;
    private final Set<String> schedules;
    private final Set<String> forms;
    private final Supplier<Collection<String>> known;

    private Border(String plugin, Set<String> publishes, Set<String> reads, Set<String> rules, Set<String> schedules,
                   Set<String> forms, Supplier<Collection<String>> known) {
        this.plugin = plugin;
        this.publishes = publishes;
        this.reads = reads;
        this.rules = rules;
        this.schedules = schedules;
        this.forms = forms;
        this.known = known;
    }

    /** @param known the contracts that there are, to name the nearest */
    static Border of(PluginContent plugin, Supplier<Collection<String>> known) {
        Set<String> own = ids(plugin, "contracts", ".schema.json");
        return new Border(plugin.descriptor().id(), with(own, plugin.descriptor().publishes()),
                with(own, plugin.descriptor().consumes()), ids(plugin, "rules", ".dmn"),
                ids(plugin, "schedules", ".schedule.yaml"), ids(plugin, "reports", ".form.yaml"), known);
    }

    private static Set<String> ids(PluginContent plugin, String folder, String suffix) {
        return plugin.files(folder, suffix).stream().map(HubFile::id).collect(Collectors.toSet());
    }

    private static Set<String> with(Set<String> own, List<String> declared) {
        Set<String> all = new HashSet<>(own);
        all.addAll(declared);
        return all;
    }

    /** @throws ProblemException {@code not-declared} */
    void requirePublishing(String contract) {
        require(contract, publishes, "publishes");
    }

    /** @throws ProblemException {@code not-declared} */
    void requireReading(String contract) {
        require(contract, reads, "consumes");
    }

    private void require(String contract, Set<String> allowed, String key) {
        if (plugin == null || allowed.contains(contract)) {
            return;
        }
        List<String> names = new ArrayList<>(allowed);
        names.addAll(known.get());
        String nearest = names.contains(contract) ? "" : KnownKeys.nearest(contract, names)
                .map(n -> "Did you mean '" + n + "'? Otherwise: ").orElse("");
        String verb = key.equals("publishes") ? "publishes" : "reads";
        throw new ProblemException(new Problem("not-declared", null, "A route of the plugin '" + plugin + "' " + verb
                + " the contract '" + contract + "', which the plugin neither brings nor declares.",
                nearest + "Add it to the plugin's HUB-INF/plugin.yaml: '" + key + ": [" + contract + "]'."));
    }

    /** Whether a rule {@code his/visit-checks} may be named: another's, or one that this version brings. */
    boolean hasRule(String id) {
        return isThere(id, rules);
    }

    /** Whether a schedule {@code his/daily-summary} may be named: another's, or one that this version brings. */
    boolean hasSchedule(String id) {
        return isThere(id, schedules);
    }

    private boolean isThere(String id, Set<String> own) {
        return plugin == null || !id.startsWith(plugin + "/") || own.contains(id.substring(plugin.length() + 1));
    }

    /** Whether a form that is found may be named: another's, or one that this version brings. */
    boolean hasForm(String id, String owner) {
        return plugin == null || !plugin.equals(owner) || forms.contains(id);
    }

    /** Looks at every endpoint that is written in a file; what is only known when an exchange comes is refused then. */
    void check(RouteFile file) {
        if (plugin == null) {
            return;
        }
        for (RouteFile.Written route : file.routes()) {
            for (RouteFile.Named endpoint : route.endpoints()) {
                try {
                    check(endpoint);
                } catch (ProblemException e) {
                    throw new ProblemException(e.problem().at(endpoint.place()), e);
                }
            }
        }
    }

    private void check(RouteFile.Named endpoint) {
        if (!endpoint.scheme().equals("record") || endpoint.isDynamic()) {
            return;
        }
        if (endpoint.from() || endpoint.parameters().containsKey("query")) {
            requireReading(endpoint.name());
        } else if (!RecordComponent.isNote(endpoint.name())) {
            requirePublishing(endpoint.name());
        }
    }
}
