package org.yuzui.plugin.his.mllp;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.component.mllp.MllpComponent;
import org.apache.camel.component.mllp.MllpConfiguration;
import org.apache.camel.component.mllp.MllpEndpoint;

/** camel-mllp's endpoint with another consumer. */
final class ListenerEndpoint extends MllpEndpoint {

    ListenerEndpoint(String uri, MllpComponent component, MllpConfiguration configuration) {
        super(uri, component, configuration);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Listener listener = new Listener(this, processor);
        configureConsumer(listener);
        return listener;
    }
}
