package org.yuzui.plugin.energy.meter;

import org.yuzui.plugin.energy.meter.BadReply.Reason;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/**
 * A connection to a meter, or to a gateway with several behind it: one question at a time. The only place that sends bytes to
 * meters, and it takes nothing but a {@link Request}. Not thread-safe; {@link #close} may come from any thread.
 */
public final class Line implements Closeable {

    /** The longest answer has some 260 bytes; the rest is room for noise. */
    private static final int MOST = 1024;

    private final Socket socket;

    private Line(Socket socket) {
        this.socket = socket;
    }

    /** @throws IOException when nobody is there within the time */
    public static Line open(String host, int port, Duration within) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), (int) within.toMillis());
            return new Line(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * What came back to a question.
     *
     * @param bytes as they came; noise around the frame is among them
     */
    public record Heard(Reply reply, byte[] bytes) {
    }

    /**
     * Asks and waits for the answer, however slowly it drips.
     *
     * @throws BadReply               when what came is no answer; it has what came
     * @throws SocketTimeoutException when nothing came in time
     * @throws IOException            when the line broke
     */
    public Heard ask(Request request, Duration within) throws IOException {
        long end = System.nanoTime() + within.toNanos();
        InputStream in = socket.getInputStream();
        byte[] received = new byte[MOST];
        forget(in, received);
        socket.getOutputStream().write(request.bytes());
        int length = 0;
        while (true) {
            long left = (end - System.nanoTime()) / 1_000_000;
            int n = left <= 0 ? 0 : read(in, received, length, (int) left);
            if (n == 0) {
                throw late(received, length, within);
            }
            if (n < 0) {
                if (length == 0) {
                    throw new SocketException("connection closed by the meter");
                }
                throw new BadReply(Reason.TRUNCATED, "The line ended within an answer.").of(received, length);
            }
            length += n;
            Reply reply = find(request, received, length);
            if (reply != null) {
                return new Heard(reply, Arrays.copyOf(received, length));
            }
            if (length == MOST) {
                throw new BadReply(Reason.TOO_LONG, "No answer in " + MOST + " bytes.").of(received, length);
            }
        }
    }

    private static Reply find(Request request, byte[] received, int length) {
        try {
            return request.find(received, length);
        } catch (BadReply e) {
            throw e.of(received, length);
        }
    }

    /** What still lies there belongs to an earlier question. */
    private static void forget(InputStream in, byte[] into) throws IOException {
        for (int i = 0; i < 64 && in.available() > 0; i++) {
            if (in.read(into) < 0) {
                return;
            }
        }
    }

    /** @return 0 when the time is over */
    private int read(InputStream in, byte[] into, int from, int millis) throws IOException {
        try {
            socket.setSoTimeout(millis);
            return in.read(into, from, into.length - from);
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    private static IOException late(byte[] received, int length, Duration within) {
        if (length > 0) {
            throw new BadReply(Reason.TRUNCATED, length + " bytes came within " + within.toMillis() + " ms, and no whole answer.")
                    .of(received, length);
        }
        return new SocketTimeoutException("no answer within " + within.toMillis() + " ms");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
