package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Causes and problems in Chinese, as the console says them. They are as they were said, in English as a rule: they are said anew by what is known of
 * their sentences, or at least by their code, with the place that they begin with.
 */
final class CauseTexts {

    static final String RESOURCE = "/org/yuzui/web/causes.zh.json";
    /** Three English words one after the other: something is left that no sentence here knows. */
    private static final Pattern ENGLISH = Pattern.compile("[A-Za-z']{2,} [A-Za-z']{2,} [A-Za-z']{2,}");
    /** {@code 中文。/ English.}, as plugins write that tell a sender in both. */
    private static final Pattern BOTH = Pattern.compile("(.*[\\x{4e00}-\\x{9fff}][。？！]?) ?/ [A-Z].*", Pattern.DOTALL);
    /** {@code answered-ae}: what another system answered is part of the code. */
    private static final String ANSWERED = "answered";
    private static final Pattern PLACE = Pattern.compile("([^:]{1,80}): ");

    private final Map<String, String> codes = new LinkedHashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final Map<Pattern, String> sentences = new LinkedHashMap<>();

    CauseTexts() {
        try (InputStream in = CauseTexts.class.getResourceAsStream(RESOURCE)) {
            JsonNode texts = new ObjectMapper().readTree(in);
            texts.path("codes").properties().forEach(e -> codes.put(e.getKey(), e.getValue().asText()));
            texts.path("problems").properties().forEach(e -> problems.put(e.getKey(), e.getValue().asText()));
            texts.path("sentences").forEach(s -> sentences.put(Pattern.compile(s.path(0).asText()), s.path(1).asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the cause itself when nothing better is known; empty for none */
    String say(String code, String cause) {
        Matcher both = BOTH.matcher(cause);
        if (both.matches()) {
            return both.group(1);
        }
        String said = anew(cause);
        if (!ENGLISH.matcher(said).find()) {
            return said;
        }
        String known = codes.getOrDefault(code.startsWith(ANSWERED) ? ANSWERED : code, problems.get(code));
        if (known == null) {
            return cause;
        }
        Matcher place = PLACE.matcher(cause);
        return place.lookingAt() && !ENGLISH.matcher(place.group(1)).find() ? place.group(1) + "：" + known : known;
    }

    /** With what was said behind it, unless all of it is said anew: names and numbers stand there, and what to do. */
    String say(Problem problem) {
        String place = problem.place() == null ? "" : problem.place() + "：";
        String original = problem.at(null).sentence();
        String said = anew(original);
        if (!ENGLISH.matcher(said).find()) {
            return said.equals(original) ? problem.sentence() : place + said;
        }
        String known = problems.getOrDefault(problem.code(), codes.get(problem.code()));
        return known == null ? problem.sentence() : place + known + "。（" + original + "）";
    }

    private String anew(String text) {
        String said = text;
        for (Map.Entry<Pattern, String> sentence : sentences.entrySet()) {
            said = sentence.getKey().matcher(said).replaceAll(sentence.getValue());
        }
        return said;
    }
}
