package org.yuzui.records;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;

import java.util.List;
import java.util.UUID;

/**
 * What would come of a flow if it went in again.
 *
 * @param id           the flow
 * @param version      of the plugin that would have it; null for the site's routes
 * @param before       the content that came of it before, or that its key has now, masked; null when there is none
 * @param after        what would come in that one's place, masked; null when nothing would
 * @param diff         where the two differ; at most 500 places
 * @param wouldPublish what would be published, in its order; at most 200
 * @param more         so many further ones
 * @param refused      why it would be refused; null when it would not
 * @param leftOut      steps of the route that reach outside of the hub and were not done
 */
public record DryRun(UUID id, String plugin, String route, String version, JsonNode before, JsonNode after, List<Difference> diff,
                     List<Outcome> wouldPublish, int more, Problem refused, List<String> leftOut) {

    /** One place; what is absent is null. */
    public record Difference(String pointer, JsonNode before, JsonNode after) {
    }

    /** @param content masked */
    public record Outcome(UUID id, String contract, String key, Kind outcome, JsonNode content) {
    }

    public enum Kind {
        /** Its key is not known yet. */
        NEW,
        /** Another content of a key that is known. */
        VERSION,
        /** It is there as it is: nothing would happen. */
        ALREADY
    }
}
