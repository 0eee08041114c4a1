package org.yuzui.launcher.cli;

import org.junit.jupiter.api.Test;

import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class MessagesTest {

    private static final Pattern VALUE = Pattern.compile("%(\\d\\$)?s");

    @Test
    void bothLanguagesSayTheSameThings() {
        ResourceBundle english = Messages.of("en").bundle();
        ResourceBundle chinese = Messages.of("zh").bundle();
        assertThat(new TreeSet<>(chinese.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
        for (String key : english.keySet()) {
            assertThat(VALUE.matcher(chinese.getString(key)).results().count()).as(key)
                    .isEqualTo(VALUE.matcher(english.getString(key)).results().count());
        }
        // Proves that the Chinese ones were found at all: what is missing there would come from the English ones.
        assertThat(chinese.getString("exit.meaning")).isNotEqualTo(english.getString("exit.meaning"));
    }

    @Test
    void everyExitCodeIsExplained() {
        for (ExitCode code : ExitCode.values()) {
            assertThat(Messages.of("zh").text("exit." + code.name().toLowerCase(java.util.Locale.ROOT))).isNotBlank();
        }
    }
}
