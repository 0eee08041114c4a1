package org.yuzui.launcher.cli;

import org.yuzui.kernel.Problem;

import java.util.Locale;
import java.util.ResourceBundle;

/** What people read, in Chinese or English. For one thread. */
final class Messages {

    private static final String BUNDLE = "org.yuzui.launcher.cli.messages";

    private final ResourceBundle bundle;
    private final boolean chinese;
    private CauseTexts causes;

    private Messages(boolean chinese) {
        this.chinese = chinese;
        this.bundle = ResourceBundle.getBundle(BUNDLE, chinese ? Locale.CHINESE : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Of {@code zh} or {@code en}; of what the environment says for anything else. */
    static Messages of(String language) {
        return new Messages(language == null ? fromEnvironment().startsWith("zh") : language.startsWith("zh"));
    }

    private static String fromEnvironment() {
        for (String name : new String[] {"YUZUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "en";
    }

    ResourceBundle bundle() {
        return bundle;
    }

    boolean chinese() {
        return chinese;
    }

    /** The text of a key, with {@code %s} filled in. */
    String text(String key, Object... values) {
        String text = bundle.getString(key);
        return values.length == 0 ? text : String.format(Locale.ROOT, text, values);
    }

    /** What is wrong, on one line, in the reader's language as far as it is known there. */
    String say(Problem problem) {
        return chinese ? causes().say(problem) : problem.sentence();
    }

    /** Why a record stopped, likewise. */
    String say(String code, String cause) {
        return chinese ? causes().say(code, cause) : cause;
    }

    private CauseTexts causes() {
        if (causes == null) {
            causes = new CauseTexts();
        }
        return causes;
    }
}
