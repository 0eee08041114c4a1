package org.yuzui.spi;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsTest {

    private final Settings settings = Settings.of(new ObjectMapper().valueToTree(Map.of(
            "listen", Map.of("host", "127.0.0.1", "port", 2575),
            "facilities", Map.of("H1", "510104-H01"),
            "accept", true)));

    @Test
    void readsByDottedPath() {
        assertThat(settings.text("listen.host")).contains("127.0.0.1");
        assertThat(settings.number("listen.port", 1)).isEqualTo(2575);
        assertThat(settings.text("accept", "false")).isEqualTo("true");
        assertThat(settings.map("facilities")).containsExactly(Map.entry("H1", "510104-H01"));
    }

    @Test
    void whatIsMissingIsEmpty() {
        assertThat(settings.text("listen.nothing")).isEmpty();
        assertThat(settings.text("listen")).as("a mapping is no text").isEmpty();
        assertThat(settings.number("nothing", 7)).isEqualTo(7);
        assertThat(settings.map("nothing")).isEmpty();
    }

    @Test
    void flattensForPlaceholders() {
        assertThat(settings.flat()).containsEntry("listen.port", "2575").containsEntry("facilities.H1", "510104-H01");
    }
}
