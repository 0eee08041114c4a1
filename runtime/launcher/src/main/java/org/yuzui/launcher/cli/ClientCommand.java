package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import picocli.CommandLine.Option;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A command that talks to a running hub. */
abstract class ClientCommand extends LocalCommand {

    /** Told when the line begins, and as long as it stands: what another node does is told by that one alone. */
    private static final Set<String> ALWAYS = Set.of("hello", "heartbeat");

    @Option(names = "--url", paramLabel = "URL", descriptionKey = "url", order = 90)
    private String url;

    @Option(names = "--token", paramLabel = "TOKEN", descriptionKey = "token", order = 91)
    private String token;

    @Option(names = "--json", descriptionKey = "json", order = 92)
    private boolean json;

    final boolean json() {
        return json;
    }

    final String url() {
        return first(url, "YUZUI_URL", home()::url);
    }

    final HubClient hub() {
        return new HubClient(url(), first(token, "YUZUI_TOKEN", () -> home().token().orElse(null)), messages());
    }

    private static String first(String option, String variable, java.util.function.Supplier<String> otherwise) {
        if (option != null) {
            return option;
        }
        String value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise.get() : value;
    }

    /** A {@code {zh, en}} title in the reader's language. */
    final String title(JsonNode title) {
        return title.path(messages().chinese() ? "zh" : "en").asText("");
    }

    /** The name of a unit, or of something else with {@code name} and {@code nameEn}. */
    final String name(JsonNode named) {
        return named.path(messages().chinese() ? "name" : "nameEn").asText("");
    }

    /** Why a flow or a hop stopped, in the language of the caller as far as its sentence is known; empty for nothing. */
    final String cause(JsonNode of) {
        String cause = text(of.path("cause"));
        return cause.isEmpty() ? cause : messages().say(text(of.path("causeCode")), cause);
    }

    /** What a terminal would carry out instead of showing it; keys and messages come from outside. */
    private static final Pattern COMMANDS = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

    /** A text, or nothing for null. */
    static String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? "" : harmless(node.asText());
    }

    static String harmless(String text) {
        return COMMANDS.matcher(text).replaceAll("\uFFFD");
    }

    /** {@code 2026-11-22 08:30:00} of an instant with the hub's offset; nothing for null. */
    static String time(JsonNode instant) {
        String text = text(instant);
        return text.length() < 19 ? text : text.substring(0, 10) + " " + text.substring(11, 19);
    }

    /** The same with milliseconds. */
    static String timeMillis(JsonNode instant) {
        String text = text(instant);
        if (text.length() < 23 || text.charAt(19) != '.') {
            return text.isEmpty() ? text : time(instant) + ".000";
        }
        return time(instant) + text.substring(19, 23);
    }

    /**
     * Looks at something that goes on in the hub whenever the hub tells that it went on.
     *
     * @param path  where it can be read
     * @param event that tells of it
     * @param now   what was read last
     * @param look  is shown each state, the last one too; answers whether it goes on
     * @return what was read last
     */
    final byte[] follow(String path, String event, byte[] now, Predicate<JsonNode> look) {
        byte[][] seen = {now};
        boolean goesOn = look.test(HubClient.parse(now));
        String id = text(HubClient.parse(now).path("id"));
        while (goesOn) {
            boolean ended = hub().listen((name, data) -> {
                if (!ALWAYS.contains(name) && !(name.equals(event) && text(data.path("id")).equals(id))) {
                    return true;
                }
                seen[0] = hub().get(path);
                return look.test(HubClient.parse(seen[0]));
            });
            if (ended) {
                return seen[0];
            }
            pause(); // the line broke, or the hub has too many listeners
            seen[0] = hub().get(path);
            goesOn = look.test(HubClient.parse(seen[0]));
        }
        return seen[0];
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A problem of the hub as one sentence, in the language of the caller as far as it is known; nothing for null. */
    final String problem(JsonNode problem) {
        return problem.isObject() ? say(new Problem(text(problem.path("code")), problem.path("place").textValue(),
                text(problem.path("message")), problem.path("cure").textValue())) : "";
    }
}
