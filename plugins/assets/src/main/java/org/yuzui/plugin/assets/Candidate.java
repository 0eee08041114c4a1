package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.assets.life.Event;

/**
 * A record that wants to be let in.
 *
 * @param counts false for a movement that is taken back
 * @param place  where it stands in what was sent
 */
record Candidate(Event event, boolean counts, String place) {

    static Candidate of(boolean card, JsonNode record, String place) {
        return card ? new Candidate(Event.card(record), true, place)
                : new Candidate(Event.movement(record), record.path("status").asText().equals("valid"), place);
    }
}
