package org.yuzui.plugin.assets.report;

import org.yuzui.plugin.assets.Lookups;
import org.yuzui.plugin.assets.life.Event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Goes through all assets of some units. Movements are few and held, cards are many and read as they are needed. */
final class Register {

    private Register() {
    }

    /** @param reader is given all events of an asset, each asset once */
    static void each(TreeSet<String> units, Lookups lookups, Consumer<List<Event>> reader) {
        Map<String, List<Event>> movements = new HashMap<>();
        for (String unit : units) {
            lookups.movementsOfUnit(unit).forEach(m -> movements.computeIfAbsent(m.asset(), a -> new ArrayList<>(2)).add(m));
        }
        for (String unit : units) {
            lookups.eachOfUnit(unit, (asset, cards) -> {
                List<Event> events = new ArrayList<>(cards);
                List<Event> moved = movements.remove(asset);
                if (moved != null) {
                    events.addAll(moved);
                }
                reader.accept(events);
            });
        }
        movements.values().forEach(reader); // of which no card is known
    }
}
