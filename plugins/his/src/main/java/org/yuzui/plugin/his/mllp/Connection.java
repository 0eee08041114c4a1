package org.yuzui.plugin.his.mllp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.net.ssl.SSLException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** One sender's line: reads a message, has it processed, writes the answer, and so on until one side ends it. */
final class Connection implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** A line that goes on sending broken frames is closed after this many. */
    private static final int MAX_FAULTS = 10;
    private static final int MAX_REMARK = 200;

    /** What is done with what a line brings. */
    interface Desk {

        /**
         * @param fault null for a whole message
         * @return the answer in full, without the MLLP frame; null to give none
         */
        byte[] take(byte[] bytes, Fault fault, String remark, String peer);
    }

    private final Socket socket;
    private final String peer;
    private final FrameReader reader;
    private final Desk desk;
    private final int idleMillis;
    private int messages;
    private int faults;
    private boolean busy;
    private boolean ending;

    Connection(Socket socket, FrameReader.Gate gate, Desk desk, int maxBytes, int idleMillis, int readMillis) {
        this.socket = socket;
        this.peer = address(socket);
        this.desk = desk;
        this.idleMillis = idleMillis;
        this.reader = new FrameReader(this::read, gate, System::nanoTime, maxBytes, idleMillis, readMillis);
    }

    static String address(Socket socket) {
        return socket.getRemoteSocketAddress() instanceof InetSocketAddress a && a.getAddress() != null
                ? a.getAddress().getHostAddress() + ":" + a.getPort() : "unknown";
    }

    @Override
    public void run() {
        try (socket) {
            while (true) {
                Frame frame = reader.next();
                if (!begin()) {
                    return;
                }
                boolean on = serve(frame);
                reader.release();
                if (!end() || !on) {
                    return;
                }
            }
        } catch (SSLException e) {
            if (messages + faults == 0) { // no line came about: wrong certificate, or somebody who speaks in the clear
                String said = String.valueOf(e.getMessage());
                desk.take(new byte[0], Fault.TLS, said.substring(0, Math.min(said.length(), MAX_REMARK)), peer);
            }
        } catch (IOException e) {
            LOG.debug("mllp {}: closed, {}", peer, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reader.release();
        }
    }

    /** @return whether the line can go on */
    private boolean serve(Frame frame) throws IOException {
        if (frame instanceof Frame.Whole whole) {
            messages++;
            return answer(desk.take(whole.bytes(), null, null, peer));
        }
        if (frame instanceof Frame.Broken broken) {
            faults++;
            answer(desk.take(broken.kept(), broken.fault(), remark(broken), peer));
            return broken.usable() && faults < MAX_FAULTS;
        }
        if (frame instanceof Frame.Idle && messages + faults == 0) {
            desk.take(new byte[0], Fault.SILENT, "closed after " + idleMillis + " ms", peer);
        }
        return false;
    }

    /** Ends the line: at once when nothing is being processed, else after the answer. */
    synchronized void end(boolean now) {
        ending = true;
        if (now || !busy) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("mllp {}: {}", peer, e.getMessage());
            }
        }
    }

    private synchronized boolean begin() {
        busy = !ending;
        return busy;
    }

    private synchronized boolean end() {
        busy = false;
        return !ending;
    }

    /** @return whether there was an answer to give */
    private boolean answer(byte[] answer) throws IOException {
        if (answer != null) {
            byte[] framed = new byte[answer.length + 3];
            framed[0] = 0x0B;
            System.arraycopy(answer, 0, framed, 1, answer.length);
            framed[answer.length + 1] = 0x1C;
            framed[answer.length + 2] = 0x0D;
            socket.getOutputStream().write(framed);
            socket.getOutputStream().flush();
        }
        return answer != null;
    }

    private int read(byte[] into, int patience) throws IOException {
        try {
            socket.setSoTimeout(patience);
            return socket.getInputStream().read(into);
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    private static String remark(Frame.Broken broken) {
        return broken.size() > broken.kept().length
                ? broken.size() + " bytes, the first " + broken.kept().length + " are kept" : broken.size() + " bytes";
    }
}
