package org.yuzui.plugin.his.mllp;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.mllp.MllpComponent;
import org.apache.camel.component.mllp.MllpConfiguration;
import org.apache.camel.component.mllp.MllpEndpoint;

import javax.net.ssl.SSLContext;
import java.util.Optional;

/** camel-mllp's endpoint with another consumer and another producer. */
public final class ListenerEndpoint extends MllpEndpoint {

    private final Secured secured;
    private SSLContext client;
    private boolean verifyHost = true;

    /**
     * TLS of a listener.
     *
     * @param context     null for a line in the clear
     * @param askForProof whether a client has to show a certificate
     */
    record Secured(SSLContext context, boolean askForProof) {
    }

    ListenerEndpoint(String uri, MllpComponent component, MllpConfiguration configuration, Secured secured) {
        super(uri, component, configuration);
        this.secured = secured;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (secured.context() != null) {
            setSslContextParameters(Tls.parameters(secured.context()));
        }
        Listener listener = new Listener(this, processor);
        configureConsumer(listener);
        return listener;
    }

    @Override
    public Producer createProducer() {
        return new Sender(this);
    }

    boolean asksForProof() {
        return secured.askForProof();
    }

    int getConnectTimeout() {
        return getConfiguration().getConnectTimeout();
    }

    int getReceiveTimeout() {
        return getConfiguration().getReceiveTimeout();
    }

    Optional<SSLContext> clientContext() {
        return Optional.ofNullable(client);
    }

    /** TLS for {@code to: mllp:…}; null for a line in the clear. */
    public void setClientContext(SSLContext context) {
        this.client = context;
    }

    public boolean isVerifyHost() {
        return verifyHost;
    }

    /** Whether the certificate must name the host that is connected to. */
    public void setVerifyHost(boolean verify) {
        this.verifyHost = verify;
    }
}
