package org.yuzui.plugin.kindergarten;

import org.apache.camel.Exchange;
import org.yuzui.spi.RefusedException;

/** Lets a route keep what was found wrong before it began. */
public final class Refusals {

    /** @throws RefusedException the one that stands in the property {@code KindergartenRefusal} */
    public void throwKnown(Exchange exchange) {
        RefusedException known = exchange.getProperty("KindergartenRefusal", RefusedException.class);
        if (known != null) {
            throw known;
        }
    }
}
