package org.yuzui.plugin.assets.report;

import org.yuzui.plugin.assets.Lookups;
import org.yuzui.plugin.assets.life.Event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All cards and movements of some units by their assets, read unit by unit: only what the fold needs is kept. */
final class Register {

    private final Map<String, List<Event>> byAsset = new HashMap<>();

    static Register of(Collection<String> units, Lookups lookups) {
        Register register = new Register();
        for (String unit : units) {
            for (Event card : lookups.cardsOfUnit(unit)) {
                // A card of another unit comes with the history of the asset: it is taken when its own unit is read.
                if (card.unit().equals(unit)) {
                    register.byAsset.computeIfAbsent(card.asset(), a -> new ArrayList<>(2)).add(card);
                }
            }
        }
        for (String unit : units) {
            lookups.movementsOfUnit(unit).forEach(m -> register.byAsset.computeIfAbsent(m.asset(), a -> new ArrayList<>(2)).add(m));
        }
        return register;
    }

    Collection<List<Event>> lives() {
        return byAsset.values();
    }

    List<Event> of(String asset) {
        return byAsset.getOrDefault(asset, List.of());
    }
}
