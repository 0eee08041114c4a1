package org.yuzui.routing.internal;

import org.apache.camel.FailedToCreateConsumerException;
import org.apache.camel.FailedToCreateProducerException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PortHolder;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what Camel throws about a route into a problem with file, line, reason and cure. */
final class RouteProblems {

    private static final String PORT_IN_USE = "port-in-use";
    private static final Pattern MISSING_SETTING = Pattern.compile("Property with key \\[([^]]+)] not found");
    private static final Pattern PORT = Pattern.compile(":(\\d{2,5})(?!\\d)");
    private static final Pattern LOCATION = Pattern.compile("([^\\s:/]+\\.camel\\.yaml):(\\d+)");

    private static final Pattern URI = Pattern.compile("\\b(record|rule|schedule|report|file|mllp|bean|direct):[\\w./-]+");
    private static final Pattern FIELD = Pattern.compile("(?i)(?:unsupported field|unknown node id|field): ?([\\w-]+)");

    private RouteProblems() {
    }

    /**
     * @param stopped  file and line of the route that did not start; null when that isn't known
     * @param endpoint what it reads from; null when that isn't known
     */
    static PluginException ofStart(Throwable e, List<HubFile> files, String stopped, String endpoint, Neighbours neighbours) {
        Problem said = of(e, files, null).problem();
        if (said.code().equals(PORT_IN_USE)) {
            said = byWhom(said, endpoint, neighbours);
        }
        boolean lineKnown = said.place() != null && said.place().matches(".*:\\d+");
        return new PluginException(lineKnown || stopped == null ? said : said.at(stopped), e);
    }

    private static Problem byWhom(Problem said, String endpoint, Neighbours neighbours) {
        Matcher port = PORT.matcher(endpoint == null || !PORT.matcher(endpoint).find() ? said.message() : endpoint);
        if (!port.find()) {
            return said;
        }
        int number = Integer.parseInt(port.group(1));
        return neighbours.listener(number).or(() -> PortHolder.of(number))
                .map(who -> new Problem(PORT_IN_USE, said.place(), "The port " + number + " is used by " + who + ". "
                        + said.message(), said.cure()))
                .orElse(said);
    }

    /** @param current the file that was being read; null when all were read */
    static PluginException of(Throwable e, List<HubFile> files, HubFile current) {
        return of(e, files, current, Set.of());
    }

    /** @param settings the keys that placeholders may name */
    static PluginException of(Throwable e, List<HubFile> files, HubFile current, Set<String> settings) {
        if (e instanceof PluginException known) {
            return known;
        }
        if (e instanceof ProblemException known) {
            return new PluginException(known.problem(), e);
        }
        HubFile file = current != null ? current : files.get(0);
        for (Throwable t : innermostFirst(e)) {
            if (t instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
                int line = Math.max(marked.getProblemMark().get().getLine() + 1, lineOfField(file, marked.getProblem()));
                return problem("bad-route", file.path() + ":" + line, "The route can't be read: " + marked.getProblem() + ".",
                        "See the Camel YAML DSL for what may stand there.", e);
            }
        }
        Throwable root = root(e);
        String place = place(e, files, file);
        if (root instanceof ProblemException known) {
            Problem p = known.problem();
            return new PluginException(p.place() == null ? p.at(place) : p, e);
        }
        if (root instanceof BindException) {
            return problem(PORT_IN_USE, place, "It can't listen: " + sentence(root.getMessage()),
                    "Stop what uses it (ss -ltnp shows it), or set another port in the plugin's settings.", e);
        }
        Matcher setting = MISSING_SETTING.matcher(String.valueOf(root.getMessage()));
        if (setting.find()) {
            return problem("missing-setting", lineOrFile(files, file, "{{" + setting.group(1)),
                    "The setting '" + setting.group(1) + "' is not set.",
                    KnownKeys.nearest(setting.group(1), settings).map(k -> "Did you mean '" + k + "'? Otherwise: ").orElse("")
                            + "Set it in the plugin's file under config/plugins, or give it a default in"
                            + " settings.schema.json.", e);
        }
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            return problem("class-not-found", place, "The class " + String.valueOf(root.getMessage()).replace('/', '.')
                    + " is not in the plugin.",
                    "Check the name, or embed the library in the bundle.", e);
        }
        if (root instanceof NoSuchBeanException bean) {
            return problem("missing-bean", place, "There is no bean '" + bean.getName() + "'.",
                    "Declare it under '- beans:' in one of the plugin's route files.", e);
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage().strip();
        if (root instanceof NoSuchEndpointException || message.contains("No component found with scheme")) {
            return problem("unknown-scheme", place, "No component knows the scheme '" + scheme(root, message) + "'.",
                    "Check the scheme's spelling; a component that the hub does not have must be embedded in the bundle.", e);
        }
        if (root instanceof UnsupportedOperationException && root.getMessage() == null) {
            return problem("bad-route", place, "The route can't be read: a step is written as a mere text that needs keys.",
                    "Write its keys, such as 'wireTap: {uri: …}'.", e);
        }
        if (root instanceof Error || root instanceof NullPointerException) {
            message = root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage().strip());
        }
        return problem("bad-route", place, sentence(message), null, e);
    }

    private static PluginException problem(String code, String place, String message, String cure, Throwable e) {
        return new PluginException(new Problem(code, place, message.replaceAll("\\s+", " "), cure), e);
    }

    private static String scheme(Throwable root, String message) {
        String uri = root instanceof NoSuchEndpointException missing ? missing.getUri()
                : message.replaceFirst("(?s).*scheme:? *'?", "");
        return uri.replaceFirst("(?s)[^A-Za-z0-9+-].*", "");
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }

    private static Throwable root(Throwable e) {
        return innermostFirst(e).get(0);
    }

    private static List<Throwable> innermostFirst(Throwable e) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable t = e; t != null && !chain.contains(t); t = t.getCause()) {
            chain.add(0, t);
        }
        return chain;
    }

    /** Camel's own location where it has one, else the line on which the failing uri or bean stands. */
    private static String place(Throwable e, List<HubFile> files, HubFile file) {
        for (Throwable t : innermostFirst(e)) {
            String token = token(t);
            for (HubFile f : files) {
                int line = token == null ? 0 : lineOf(f, token);
                if (line > 0) {
                    return f.path() + ":" + line;
                }
            }
        }
        for (Throwable t : innermostFirst(e)) {
            Matcher m = t.getMessage() == null ? null : LOCATION.matcher(t.getMessage());
            if (m != null && m.find()) {
                for (HubFile f : files) {
                    if (f.path().endsWith(m.group(1))) {
                        return f.path() + ":" + m.group(2);
                    }
                }
            }
        }
        return file.path();
    }

    private static String lineOrFile(List<HubFile> files, HubFile file, String token) {
        return files.stream().filter(f -> lineOf(f, token) > 0).findFirst().map(f -> f.path() + ":" + lineOf(f, token))
                .orElse(file.path());
    }

    private static String token(Throwable t) {
        if (t instanceof ClassNotFoundException) {
            return t.getMessage();
        }
        if (t instanceof ResolveEndpointFailedException x) {
            return x.getUri();
        }
        if (t instanceof NoSuchEndpointException x) {
            return x.getUri();
        }
        if (t instanceof NoSuchBeanException x) {
            return x.getName();
        }
        if (t instanceof FailedToCreateConsumerException x) {
            return x.getUri();
        }
        if (t instanceof FailedToCreateProducerException x) {
            return x.getUri();
        }
        if (t instanceof FailedToCreateRouteException x) {
            return x.getRouteId();
        }
        if (t instanceof FailedToStartRouteException x) {
            return x.getRouteId();
        }
        Matcher uri = t.getMessage() == null ? null : URI.matcher(t.getMessage());
        return uri != null && uri.find() ? uri.group() : null;
    }

    /** The YAML DSL marks the step; the field that it does not know stands a few lines further. */
    private static int lineOfField(HubFile file, String problem) {
        Matcher m = problem == null ? null : FIELD.matcher(problem);
        return m != null && m.find() ? lineOf(file, m.group(1) + ":") : 0;
    }

    private static int lineOf(HubFile file, String token) {
        String scheme = token.replace("://", ":").replaceFirst("\\?.*$", "");
        String[] lines = new String(file.bytes(), StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].contains(token) || lines[i].contains(scheme)) {
                return i + 1;
            }
        }
        return 0;
    }
}
