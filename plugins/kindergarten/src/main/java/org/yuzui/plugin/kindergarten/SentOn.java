package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A call that the hub sends on again comes as it was kept, in bytes; where it came from says what it is, and whose. */
public final class SentOn {

    private static final String KIND = "KindergartenKind";

    private final Settings settings;
    private final Items items;

    public SentOn(Settings settings) {
        this.settings = settings;
        this.items = new Items(ZoneId.of(settings.text("zone", "Asia/Shanghai")));
    }

    /**
     * Of any other message nothing is changed.
     *
     * @throws RefusedException what is wrong with it still
     */
    public void read(Exchange exchange) {
        if (exchange.getMessage().getHeader(KIND) != null) {
            return;
        }
        String type = exchange.getMessage().getHeader(Headers.SOURCE_TYPE, "", String.class);
        Items.Kind kind = Items.Kind.at(type.substring(type.indexOf(' ') + 1));
        if (kind == null) {
            throw new RefusedException("bad-request", null, "Nothing says what this is: it came as '" + type + "'.");
        }
        String unit = unit(exchange.getMessage().getHeader(Headers.SOURCE, "", String.class));
        List<ObjectNode> full = new ArrayList<>();
        for (ObjectNode item : Items.items(Items.json(exchange.getMessage().getBody(byte[].class)))) {
            ObjectNode complete = items.complete(kind, item, unit);
            if (complete != null) {
                full.add(complete);
            }
        }
        exchange.getMessage().setHeader(KIND, kind.word());
        exchange.getMessage().setBody(full);
    }

    /** Of the platform whose key id stands behind the caller's address. */
    private String unit(String source) {
        String key = source.substring(source.lastIndexOf(' ') + 1);
        String unit = settings.tree().path("platforms").path(key).path("unit").asText();
        if (unit.isEmpty()) {
            throw new RefusedException("unknown-platform", null, "The platform '" + key + "' stands in the settings no more (platforms." + key + ").");
        }
        return unit;
    }
}
