package org.yuzui.plugin.assets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.assets.life.Event;
import org.yuzui.plugin.assets.life.Event.Kind;
import org.yuzui.plugin.assets.life.Judge;
import org.yuzui.plugin.assets.life.Life;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Lives of an asset as timelines, judged by the rule itself. Day 1 is 2026-10-01; the asset was acquired on day 0. */
class LifeTest {

    private static final Judge RULE = new TheRule();
    private static final String A = "510104-F01";
    private static final String B = "510302-F01";

    @Test
    void aCardAloneTellsTheStateSinceTheAssetWasAcquired() {
        assertThat(life("card 20 A warehouse").state()).isEqualTo("warehouse");
        assertThat(life(5, "card 20 A warehouse").state()).isEqualTo("warehouse");
        assertThat(life(-1, "card 20 A warehouse").state()).isEqualTo("none");
        assertThat(life(5, "card 20 A disposed").state()).as("disposed from the card's day on").isEqualTo("in-use");
        assertThat(life(20, "card 20 A disposed").isThere()).isFalse();
    }

    @Test
    void aLoanEndsByItsReturnAndTheAssetIsAgainWhatItWas() {
        assertThat(life("card 1 A warehouse", "loan 5 A").state()).isEqualTo("lent");
        assertThat(life("card 1 A warehouse", "loan 5 A").unit()).as("in the lender's books").isEqualTo(A);
        assertThat(life("card 1 A warehouse", "loan 5 A", "return 9 A").state()).isEqualTo("warehouse");
        assertThat(life("card 1 A warehouse", "loan 5 A", "card 7 A in-use").state()).as("a card ends no loan").isEqualTo("lent");
        assertThat(life("card 1 A lent", "return 9 A").state()).as("a card tells that it is lent").isEqualTo("in-use");
        assertThat(life(8, "card 1 A idle", "loan 5 A", "return 9 A").loan().number()).isEqualTo("loan-5");
    }

    @Test
    void aReallocationChangesTheUnit() {
        assertThat(life("card 1 A idle", "reallocation 5 A B").unit()).isEqualTo(B);
        assertThat(life("card 1 A idle", "reallocation 5 A B").state()).isEqualTo("in-use");
        assertThat(life("card 1 A idle", "reallocation 5 A A warehouse").state()).isEqualTo("warehouse");
        assertThat(life("card 1 A idle", "reallocation 5 A B", "card 20 B idle").broken()).isEmpty();
        assertThat(life("card 20 B idle", "reallocation 5 A B").broken()).as("the card is of the time after it").isEmpty();
        assertThat(life(4, "card 20 B idle", "reallocation 5 A B").unit()).isEqualTo(A);
    }

    @Test
    void twoOfOneDayAreTakenInTheOrderThatCanBe() {
        assertThat(life("card 1 A idle", "return 5 A", "loan 5 A").broken()).isEmpty();
        assertThat(life("card 1 A idle", "return 5 A", "loan 5 A").state()).isEqualTo("idle");
        assertThat(life("card 1 A idle", "loan 3 A", "loan 5 A", "return 5 A").state()).isEqualTo("lent");
        assertThat(life("card 1 A idle", "disposal 5 B", "reallocation 5 A B").state()).isEqualTo("disposed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "card 1 A in-use; loan 5 A; disposal 6 A                       | disposal 6 asset-lent",
        "card 1 A in-use; loan 5 A; reallocation 6 A B                 | reallocation 6 asset-lent",
        "card 1 A in-use; loan 5 A; loan 6 A                           | loan 6 asset-lent",
        "card 1 A in-use; loan 5 A; card 6 A disposed                  | card 6 asset-lent",
        "card 1 A in-use; return 6 A                                   | return 6 not-lent",
        "card 1 A in-use; loan 5 A; return 6 A; return 7 A             | return 7 not-lent",
        "card 1 A in-use; disposal 5 A; disposal 6 A                   | disposal 6 asset-disposed",
        "card 1 A in-use; disposal 5 A; loan 6 A                       | loan 6 asset-disposed",
        "card 1 A in-use; disposal 5 A; card 6 A in-use                | card 6 asset-disposed",
        "card 1 A in-use; loan 5 B                                     | loan 5 wrong-unit",
        "card 1 A in-use; reallocation 5 A B; disposal 6 A             | disposal 6 wrong-unit",
        "card 1 A in-use; card 6 B in-use                              | card 6 wrong-unit",
        "loan 5 A                                                      | loan 5 unknown-asset",
        "card 1 A in-use; disposal -3 A                                | disposal -3 before-acquired",
    })
    void whatCanNotBeIsToldAndCountsForNothing(String timeline, String expected) {
        Life life = life(timeline.split(";"));
        assertThat(life.broken()).extracting(b -> b.event().kind().word() + " " + (b.event().day().toEpochDay() - day(0).toEpochDay()) + " " + b.code())
                .containsExactly(expected);
        assertThat(life.broken().get(0).message()).isNotBlank();
    }

    /** Whatever arrives in whatever order, the life is the same, and the rule's promises hold at the end of every day. */
    @Test
    void theOrderOfArrivalDoesNotMatterAndThePromisesHold() {
        Random random = new Random(14885);
        for (int round = 0; round < 3_000; round++) {
            List<Event> events = new ArrayList<>();
            for (int i = random.nextInt(10); i >= 0; i--) {
                Event event = anything(random, i);
                events.removeIf(e -> e.key().equals(event.key())); // it would be its next version
                events.add(event);
            }
            Life whole = Life.of(events, null, RULE);
            Collections.shuffle(events, random);
            Life again = Life.of(events, null, RULE);
            assertThat(again.done()).isEqualTo(whole.done());
            assertThat(again.broken()).isEqualTo(whole.broken());
            assertThat(whole.done().size() + whole.broken().size()).isEqualTo(events.size());
            if (whole.broken().stream().noneMatch(b -> b.event().kind() == Kind.CARD)) {
                assertThat(Life.of(whole.done(), null, RULE).broken()).as("what was let in stays possible without the rest").isEmpty();
            }
            promises(whole.done());
        }
    }

    private static void promises(List<Event> done) {
        boolean lent = false;
        boolean gone = false;
        for (Event event : done) {
            switch (event.kind()) {
                case LOAN -> {
                    assertThat(lent || gone).isFalse();
                    lent = true;
                }
                case RETURN -> {
                    assertThat(lent && !gone).isTrue();
                    lent = false;
                }
                case REALLOCATION -> assertThat(lent || gone).isFalse();
                case DISPOSAL -> {
                    assertThat(lent || gone).isFalse();
                    gone = true;
                }
                default -> {
                    lent |= event.told().equals("lent") && !gone;
                    gone |= event.told().equals("disposed");
                }
            }
        }
    }

    private static Event anything(Random random, int number) {
        String unit = random.nextInt(4) == 0 ? "B" : "A";
        String at = " " + random.nextInt(12) + " " + unit;
        String[] states = {"in-use", "idle", "warehouse", "lent", "disposed"};
        return switch (random.nextInt(6)) {
            case 0, 1 -> event("card" + at + " " + states[random.nextInt(random.nextInt(3) == 0 ? 5 : 3)], number);
            case 2 -> event("loan" + at, number);
            case 3 -> event("return" + at, number);
            case 4 -> event("reallocation" + at + " " + (random.nextBoolean() ? "A" : "B"), number);
            default -> event("disposal" + at, number);
        };
    }

    private static Life life(String... timeline) {
        return life(Integer.MAX_VALUE, timeline);
    }

    private static Life life(int asOf, String... timeline) {
        List<Event> events = new ArrayList<>();
        for (String event : timeline) {
            events.add(event(event.strip(), 0));
        }
        return Life.of(events, asOf == Integer.MAX_VALUE ? null : day(asOf), RULE);
    }

    /** {@code kind day unit …}: of a card its state, of a reallocation the receiver and the state there. */
    private static Event event(String text, int number) {
        String[] words = text.split(" +");
        Kind kind = Kind.valueOf(words[0].toUpperCase(java.util.Locale.ROOT));
        LocalDate day = day(Integer.parseInt(words[1]));
        String unit = words[2].equals("A") ? A : B;
        String to = kind == Kind.REALLOCATION ? words[3].equals("A") ? A : B : null;
        String told = kind == Kind.CARD ? words[3] : words.length > 4 ? words[4] : null;
        return new Event(kind, "Z-1", day, unit, kind == Kind.CARD ? "" : words[0] + "-" + words[1] + (number == 0 ? "" : "." + number), to, told,
                kind == Kind.LOAN ? day.plusDays(10) : null, kind == Kind.CARD ? day(0) : null, kind == Kind.CARD ? BigDecimal.TEN : null,
                "桌子", "furniture", null, null, null);
    }

    private static LocalDate day(int n) {
        return LocalDate.of(2026, 9, 30).plusDays(n);
    }
}
