package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files that name persons are gone when their time is over. */
class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private HrSettings settings(String more) throws IOException {
        return HrSettings.of(Settings.of(JSON.readTree("{\"inbox\":\"" + home + "\",\"keep\":{\"done\":7,\"refused\":30,\"held\":20}" + more + "}")));
    }

    @Test
    void eachFolderHasATimeOfItsOwn() throws IOException {
        HrSettings settings = settings("");
        new Folders(home).prepare();
        for (String folder : List.of(".done", ".refused", ".held", ".confirmed")) {
            for (int days : new int[] {6, 8, 21, 31}) {
                Path file = Files.writeString(home.resolve(folder).resolve(days + ".csv"), "x");
                Files.setLastModifiedTime(file, FileTime.from(NOW.minus(days, ChronoUnit.DAYS)));
            }
        }
        new Retention(settings, Clock.fixed(NOW, ZoneOffset.UTC)).sweep(null);

        assertThat(home.resolve(".done").toFile().list()).containsExactlyInAnyOrder("6.csv");
        assertThat(home.resolve(".held").toFile().list()).containsExactlyInAnyOrder("6.csv", "8.csv");
        assertThat(home.resolve(".confirmed").toFile().list()).containsExactlyInAnyOrder("6.csv", "8.csv");
        assertThat(home.resolve(".refused").toFile().list()).containsExactlyInAnyOrder("6.csv", "8.csv", "21.csv");
    }

    @Test
    void aHeldRosterThatIsGoneForLongIsExpired() throws IOException {
        JsonNode old = JSON.readTree("{\"day\":\"2026-10-01\",\"state\":\"held\"}");
        JsonNode young = JSON.readTree("{\"day\":\"2026-11-01\",\"state\":\"held\"}");
        Exchange exchange = new DefaultExchange(new DefaultCamelContext(false));
        exchange.getMessage().setBody(List.of(old, young));
        new Retention(settings(""), Clock.fixed(NOW, ZoneOffset.UTC)).expired(exchange);

        assertThat(exchange.getMessage().getBody(List.class)).singleElement().hasToString("{\"day\":\"2026-10-01\",\"state\":\"expired\"}");
    }

    @Test
    void aUnitHasOneRoster() {
        assertThatThrownBy(() -> settings(",\"rosters\":{\"a\":{\"unit\":\"u\"},\"b\":{\"unit\":\"u\"}}")).hasMessageContaining("rosters.a")
                .hasMessageContaining("rosters.b").hasMessageContaining("one roster");
        assertThatThrownBy(() -> settings(",\"rosters\":{\"a\":{\"unit\":\"u\",\"creditCode\":\"91350100I000100Y43\"}}")).hasMessageContaining("check digits");
    }
}
