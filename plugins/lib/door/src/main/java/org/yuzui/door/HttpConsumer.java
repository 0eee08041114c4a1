package org.yuzui.door;

import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.spi.Settings;

/** A route's consumer that has a door over HTTP as long as it runs. */
public abstract class HttpConsumer extends DefaultConsumer implements Gatekeeper, Desk {

    private final HttpDoor.Place place;
    private final HttpDoor.Bounds bounds;
    private HttpDoor door;

    /**
     * @param name    of the door's threads, and of the door in the log
     * @param section where host, port, certificate and key stand in the plugin's settings
     */
    protected HttpConsumer(ListeningEndpoint endpoint, Processor processor, String name, Settings settings, String section,
                           HttpDoor.Bounds bounds) {
        super(endpoint, processor);
        this.place = new HttpDoor.Place(name, endpoint.address(), settings, section);
        this.bounds = bounds;
    }

    /** Whether anybody can call; otherwise no port is taken. */
    protected boolean isExpected() {
        return true;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (isExpected()) {
            door = HttpDoor.open(place, bounds, this, this);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (door != null) {
            door.close();
            door = null;
        }
        super.doStop();
    }
}
