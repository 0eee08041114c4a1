package org.yuzui.plugin.assets.life;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A card or a movement of an asset, without what the fold has no use for.
 *
 * @param unit       in whose books it says that the asset is
 * @param number     of a movement; of a card the empty text
 * @param told       the state that it tells; null when it tells none
 * @param since      of a card, when the asset was acquired
 * @param value      of a card, its original value
 * @param assetClass of a card
 * @param saved      of a reallocation
 */
public record Event(Kind kind, String asset, LocalDate day, String unit, String number, String toUnit, String told, LocalDate dueOn,
                    LocalDate since, BigDecimal value, String name, String assetClass, BigDecimal saved, BigDecimal startPrice,
                    BigDecimal dealPrice) {

    /** In the order in which they are tried when they are of one day: a card tells how its day ended. */
    public enum Kind {
        RETURN, REALLOCATION, LOAN, DISPOSAL, CARD;

        /** As the rule and the contracts call it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static Event card(JsonNode card) {
        return new Event(Kind.CARD, card.path("asset").asText(), LocalDate.parse(card.path("day").asText()), card.path("unit").asText(), "", null,
                card.path("state").asText(), null, LocalDate.parse(card.path("acquiredOn").asText()), card.path("originalValue").decimalValue(),
                card.path("name").asText(), card.path("class").asText().intern(), null, null, null);
    }

    public static Event movement(JsonNode movement) {
        return new Event(Kind.valueOf(movement.path("kind").asText().toUpperCase(java.util.Locale.ROOT)), movement.path("asset").asText(),
                LocalDate.parse(movement.path("day").asText()), movement.path("unit").asText(), movement.path("number").asText(),
                movement.path("toUnit").asText(null), movement.path("into").asText(null), day(movement.path("dueOn")), null, null, null, null,
                amount(movement.path("saved")), amount(movement.path("startPrice")), amount(movement.path("dealPrice")));
    }

    /** Two of one key are versions of one record. */
    public String key() {
        return kind == Kind.CARD ? "card " + day : unit + " " + number;
    }

    private static LocalDate day(JsonNode node) {
        return node.isTextual() ? LocalDate.parse(node.asText()) : null;
    }

    private static BigDecimal amount(JsonNode node) {
        return node.isNumber() ? node.decimalValue() : null;
    }
}
