package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Deletes files of rosters when they have been kept long enough, and says of those that were held that they can't be confirmed any more. */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final HrSettings settings;
    private final Folders folders;
    private final Clock clock;

    public Retention(Settings settings) {
        this(HrSettings.of(settings), Clock.systemUTC());
    }

    Retention(HrSettings settings, Clock clock) {
        this.settings = settings;
        this.folders = new Folders(settings.inbox());
        this.clock = clock;
    }

    /** Deletes the files. */
    public void sweep(Exchange exchange) throws IOException {
        int gone = folders.sweep(Folders.DONE, settings.keepDone(), clock.instant()).size()
                + folders.sweep(Folders.REFUSED, settings.keepRefused(), clock.instant()).size()
                + folders.sweep(Folders.HELD, settings.keepHeld(), clock.instant()).size()
                + folders.sweep(Folders.CONFIRMED, settings.keepHeld(), clock.instant()).size();
        if (gone > 0) {
            LOG.info("{} files of rosters are deleted: they have been kept long enough", gone);
        }
    }

    /**
     * The body, the rosters that are held, becomes those that have lain longer than files are kept, as expired. The day of a
     * roster tells, a while longer: a file begins its time when it came.
     */
    public void expired(Exchange exchange) {
        LocalDate last = LocalDate.now(clock.withZone(settings.zone())).minusDays(settings.keepHeld() + 31L);
        List<ObjectNode> expired = new ArrayList<>();
        for (JsonNode held : Acceptance.bodies(exchange)) {
            if (LocalDate.parse(held.path("day").asText()).isBefore(last)) {
                expired.add(((ObjectNode) held.deepCopy()).put("state", Taking.EXPIRED));
            }
        }
        exchange.getMessage().setBody(expired);
    }
}
