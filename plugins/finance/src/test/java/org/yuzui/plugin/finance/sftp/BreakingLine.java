package org.yuzui.plugin.finance.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** A line to a server that breaks when so many bytes have come from there, once for each time that it is told to. */
final class BreakingLine implements AutoCloseable {

    final int port;
    private final ServerSocket door;
    private final int server;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private volatile int breaks;

    BreakingLine(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = door.getLocalPort();
        daemon(this::serve);
    }

    void breakAfter(long bytes) {
        left.set(bytes);
    }

    int breaks() {
        return breaks;
    }

    private void serve() {
        try {
            while (true) {
                Socket here = door.accept();
                Socket there;
                try {
                    there = new Socket(InetAddress.getLoopbackAddress(), server);
                } catch (IOException e) {
                    here.close();
                    continue;
                }
                daemon(() -> carry(here, there, false));
                daemon(() -> carry(there, here, true));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void carry(Socket from, Socket to, boolean counts) {
        byte[] bytes = new byte[8192];
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                if (counts && left.addAndGet(-n) < 0) {
                    left.set(Long.MAX_VALUE);
                    breaks++;
                    return;
                }
                out.write(bytes, 0, n);
            }
        } catch (IOException e) {
            // the other end has gone
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
