package org.yuzui.records;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.ProblemException;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A search that somebody keeps is there for all, under one name. */
class ViewsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

    @TempDir
    static Path folder;
    private static Store store;
    private static Views views;

    @BeforeAll
    static void open() {
        store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
        views = Views.in(store, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void isKeptForAllChangedAndTakenAway() {
        views.keep(" 发热门诊 ", "contract=his.visit.v1&q=发热", "wang");
        views.keep("dead letters", "status=DEAD", "wang");
        views.keep("dead letters", "status=DEAD&time=week", "li");

        assertThat(views.all()).containsExactlyInAnyOrder(new View("发热门诊", "contract=his.visit.v1&q=发热", "wang", NOON),
                new View("dead letters", "status=DEAD&time=week", "li", NOON));

        assertThat(views.remove("dead letters")).isTrue();
        assertThat(views.remove("dead letters")).isFalse();
        assertThat(views.all()).extracting(View::name).containsExactly("发热门诊");
    }

    @Test
    void areNotMoreThanSomebodyLooksThrough() {
        int there = views.all().size();
        for (int i = there; i < Views.MOST; i++) {
            views.keep("view " + i, "q=" + i, "wang");
        }

        assertThatThrownBy(() -> views.keep("one more", "q=x", "wang")).isInstanceOf(ProblemException.class).hasMessageContaining("200 views");

        views.keep("view " + (Views.MOST - 1), "q=changed", "wang");
        for (int i = there; i < Views.MOST; i++) {
            views.remove("view " + i);
        }
    }

    @Test
    void haveShortLinksThatStayAndAreNoViews() {
        String search = "status=DEAD&contract=his.visit.v1&from=2026-11-22T00%3A00&q=发热";
        String link = views.link(search, "wang");

        assertThat(link).matches("[a-z2-9]{10}");
        assertThat(views.link(search, "li")).as("of the same search").isEqualTo(link);
        assertThat(views.link("status=DEAD", "li")).isNotEqualTo(link);
        assertThat(views.linked(link)).contains(search);
        assertThat(views.linked("aaaaaaaaaa")).isEmpty();
        assertThat(views.all()).isEmpty();
        assertThat(views.remove("~" + link)).as("taken away like a view").isFalse();
        assertThatThrownBy(() -> views.keep("~" + link, "q=another", "li")).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({"'', q=a", "' ', q=a", "name, ''", "'two\nlines', q=a"})
    void hasANameAndASearch(String name, String search) {
        assertThatThrownBy(() -> views.keep(name, search, "wang")).isInstanceOf(ProblemException.class)
                .extracting(e -> ((ProblemException) e).problem().code()).isEqualTo("bad-view");
    }
}
