package org.yuzui.container.internal;

import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.yuzui.kernel.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in words what a bundle asks for that neither the hub nor the bundle itself has; all of it at once. */
final class MissingRequirements {

    private static final String OFFER =
            "Plugins see org.yuzui.spi, Camel, SLF4J, Jackson and the JDK; anything else must be inside the jar.";
    private static final Pattern FROM = Pattern.compile("version>=([^)]+)");
    private static final Pattern TO = Pattern.compile("!\\(version>=([^)]+)");

    private final BundleRevision hub;

    MissingRequirements(BundleRevision hub) {
        this.hub = hub;
    }

    Optional<Problem> of(BundleRevision plugin, String place) {
        List<Problem> problems = new ArrayList<>();
        for (BundleRequirement requirement : plugin.getDeclaredRequirements(null)) {
            if (isMandatory(requirement) && !isMet(requirement, plugin)) {
                problems.add(explain(requirement, place));
            }
        }
        if (problems.size() < 2) {
            return problems.stream().findFirst();
        }
        return Optional.of(new Problem(problems.get(0).code(), place,
                problems.stream().map(Problem::message).collect(Collectors.joining(" ")),
                problems.stream().map(Problem::cure).distinct().collect(Collectors.joining(" "))));
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        String resolution = directives.getOrDefault(Constants.RESOLUTION_DIRECTIVE, Constants.RESOLUTION_MANDATORY);
        String effective = directives.getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE);
        return resolution.equals(Constants.RESOLUTION_MANDATORY) && effective.equals(Constants.EFFECTIVE_RESOLVE);
    }

    private boolean isMet(BundleRequirement requirement, BundleRevision plugin) {
        return offered(hub, requirement).stream().anyMatch(requirement::matches)
                || offered(plugin, requirement).stream().anyMatch(requirement::matches);
    }

    private static List<BundleCapability> offered(BundleRevision revision, BundleRequirement requirement) {
        return revision.getDeclaredCapabilities(requirement.getNamespace());
    }

    private Problem explain(BundleRequirement requirement, String place) {
        String namespace = requirement.getNamespace();
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        return switch (namespace) {
            case PackageNamespace.PACKAGE_NAMESPACE -> explainPackage(requirement, filter, place);
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> new Problem("wrong-java", place,
                    "It needs Java " + first(FROM.matcher(filter), first(Pattern.compile("version=([^)]+)").matcher(filter), filter))
                            + "; this hub runs on Java " + Runtime.version().feature() + ".",
                    "Run the hub on that Java, or build the plugin for this one.");
            case BundleNamespace.BUNDLE_NAMESPACE -> new Problem("missing-bundle", place,
                    "It requires the bundle " + value(filter, namespace) + ", but plugins don't see each other.",
                    "Put what it needs inside the jar.");
            default -> new Problem("missing-capability", place,
                    "It requires the capability " + namespace + " " + filter + ", which the hub doesn't have.",
                    "A plugin requires osgi.extender;filter:=\"(osgi.extender=yuzui.plugin)\" and nothing else.");
        };
    }

    private Problem explainPackage(BundleRequirement requirement, String filter, String place) {
        String name = value(filter, PackageNamespace.PACKAGE_NAMESPACE);
        String there = offered(hub, requirement).stream()
                .filter(c -> name.equals(c.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(c -> String.valueOf(c.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)))
                .collect(Collectors.joining(" and "));
        if (there.isEmpty()) {
            return new Problem("missing-package", place,
                    "It imports the package " + name + ", which the hub doesn't offer to plugins.", OFFER);
        }
        String to = first(TO.matcher(filter), null);
        String wanted = first(FROM.matcher(filter), "0") + (to == null ? " or later" : " up to, not including, " + to);
        return new Problem("wrong-package-version", place,
                "It imports the package " + name + " in version " + wanted + "; the hub has " + there + ".",
                "Build the plugin against the versions of this hub.");
    }

    private static String value(String filter, String attribute) {
        return first(Pattern.compile(Pattern.quote(attribute) + "=([^)]+)").matcher(filter), filter);
    }

    private static String first(Matcher matcher, String otherwise) {
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
