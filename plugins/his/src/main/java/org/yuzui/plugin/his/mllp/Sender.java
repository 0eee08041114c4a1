package org.yuzui.plugin.his.mllp;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.his.hl7.Answer;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends the body over a line that stays open and waits for its answer, which becomes the body, an {@link Answer}. One try: whoever
 * calls it decides what to do when it fails. After a failure the line is closed, so that an answer that comes late is never taken
 * for the next message's.
 */
public final class Sender extends DefaultProducer {

    /** MSH-10 of the body, which MSA-2 must repeat. */
    public static final String CONTROL_ID = "HisControlId";
    /** {@link Charset} of an answer that doesn't name its own. */
    public static final String CHARSET = "HisSendCharset";
    /** {@link BooleanSupplier}: whether to give up waiting, because the route stops. */
    public static final String STOPPING = "HisStopping";
    /** Set to true when the message has left: it may have arrived, answered or not. */
    public static final String SENT = "HisSent";

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    /** Between two looks whether the route stops. */
    private static final int SLICE = 200;
    /** A line that was silent for so long is looked at before it is used. */
    private static final long SILENT = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_ANSWER = 1024 * 1024;

    private final ListenerEndpoint endpoint;
    private Socket socket;
    private FrameReader reader;
    private BooleanSupplier stopping = () -> false;
    private long lastUsed;

    Sender(ListenerEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public synchronized void process(Exchange exchange) throws Exception {
        BooleanSupplier told = exchange.getProperty(STOPPING, BooleanSupplier.class);
        stopping = told == null ? () -> false : told;
        try {
            connect();
            exchange.setProperty(SENT, Boolean.TRUE);
            write(exchange.getMessage().getBody(byte[].class));
            exchange.getMessage().setBody(answer(exchange));
            lastUsed = System.nanoTime();
        } catch (IOException | InterruptedException | RuntimeException e) {
            disconnect();
            throw e;
        }
    }

    private void connect() throws IOException {
        if (socket != null && System.nanoTime() - lastUsed > SILENT && hasEnded()) {
            disconnect();
        }
        if (socket != null) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(endpoint.getHostname(), endpoint.getPort());
        Socket plain = new Socket();
        try {
            plain.connect(address, endpoint.getConnectTimeout());
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            socket = endpoint.clientContext().isPresent() ? secured(plain) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
        int patience = endpoint.getReceiveTimeout();
        reader = new FrameReader(this::read, NO_GATE, System::nanoTime, MAX_ANSWER, patience, patience);
        LOG.info("mllp {}: connected", endpoint.getServiceUrl());
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocket secured = (SSLSocket) endpoint.clientContext().orElseThrow().getSocketFactory()
                .createSocket(plain, endpoint.getHostname(), endpoint.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(endpoint.isVerifyHost() ? "HTTPS" : null);
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(endpoint.getConnectTimeout());
        try {
            secured.startHandshake();
        } catch (SSLException e) { // told like a line that is down, for it is one
            ConnectException down = new ConnectException("No secured line came about: " + e.getMessage());
            down.initCause(e);
            throw down;
        }
        return secured;
    }

    /** Whether the other side closed the line meanwhile; what it said of its own accord is passed over. */
    private boolean hasEnded() {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read(new byte[1024]) < 0;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    private void write(byte[] message) throws IOException {
        byte[] framed = new byte[message.length + 3];
        framed[0] = 0x0B;
        System.arraycopy(message, 0, framed, 1, message.length);
        framed[message.length + 1] = 0x1C;
        framed[message.length + 2] = 0x0D;
        socket.getOutputStream().write(framed);
        socket.getOutputStream().flush();
    }

    private Answer answer(Exchange exchange) throws IOException, InterruptedException {
        String controlId = exchange.getProperty(CONTROL_ID, String.class);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(endpoint.getReceiveTimeout());
        while (System.nanoTime() - deadline < 0) {
            Frame frame = reader.next();
            if (frame instanceof Frame.Idle) {
                break;
            }
            if (!(frame instanceof Frame.Whole whole)) {
                throw new IOException(frame instanceof Frame.End ? "The line was closed before the message was answered."
                        : "The answer is no whole MLLP frame.");
            }
            Optional<Answer> answer = Answer.read(whole.bytes(), exchange.getProperty(CHARSET, Charset.class));
            if (answer.isEmpty()) {
                throw new IOException("The answer can't be read: it has no MSA.");
            }
            if (answer.get().controlId().isEmpty() || answer.get().controlId().equals(controlId)) {
                return answer.get();
            }
            LOG.warn("mllp {}: an answer to another message is passed over", endpoint.getServiceUrl());
        }
        throw new SocketTimeoutException("There was no answer within " + endpoint.getReceiveTimeout() + " ms.");
    }

    private int read(byte[] into, int patience) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return 0;
            }
            try {
                socket.setSoTimeout((int) Math.max(1, Math.min(SLICE, left)));
                return socket.getInputStream().read(into);
            } catch (SocketTimeoutException silent) {
                if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("The route stops.");
                }
            }
        }
    }

    private void disconnect() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("mllp {}: {}", endpoint.getServiceUrl(), e.getMessage());
            }
            socket = null;
            reader = null;
        }
    }

    @Override
    protected synchronized void doStop() throws Exception {
        disconnect();
        super.doStop();
    }

    private static final FrameReader.Gate NO_GATE = new FrameReader.Gate() {
        @Override
        public void enter() {
            // an answer is small
        }

        @Override
        public void leave() {
            // and never waited
        }
    };
}
