package org.yuzui.testkit.cases;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** MLLP and plain TCP: a connection for each given, as it was sent by a stranger. */
final class SocketDoor implements Door {

    private static final int START = 0x0B;
    private static final int END = 0x1C;
    private static final int MILLIS = 20_000;

    private final Kind kind;
    private final int port;

    SocketDoor(Kind kind, int port) {
        this.kind = kind;
        this.port = port;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public byte[] wire(byte[] given) {
        if (kind == Kind.TCP) {
            return given;
        }
        byte[] framed = new byte[given.length + 3];
        framed[0] = START;
        System.arraycopy(given, 0, framed, 1, given.length);
        framed[given.length + 1] = END;
        framed[given.length + 2] = '\r';
        return framed;
    }

    @Override
    public String give(String name, byte[] given) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress("127.0.0.1", port), MILLIS);
            socket.getOutputStream().write(wire(given));
            if (kind == Kind.TCP) {
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            }
            return new String(frame(socket.getInputStream()), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] frame(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int b = in.read(); b != END; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The connection was closed without an answer.");
            }
            if (b != START) {
                answer.write(b);
            }
        }
        return answer.toByteArray();
    }

    /** For MLLP {@code AA} is looked for in MSA-1. */
    @Override
    public boolean answers(String answer, String expected) {
        if (answer == null) {
            return false;
        }
        int msa = answer.indexOf("\rMSA");
        if (kind == Kind.MLLP && expected.matches("[AC][AER]") && msa >= 0) {
            return answer.startsWith(expected, msa + 5);
        }
        return answer.contains(expected);
    }
}
