package org.yuzui.plugin.finance.sftp;

import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.finance.Intake;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.net.ConnectException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Files from a folder of an SFTP server. Each is fetched to this machine, read here like one of the inbox, and moved on the
 * server to {@code .done} or {@code .refused} when that is durable. A fetch that a broken line has ended goes on from where it
 * was, and a file that was read and could not be moved is moved later and not read again.
 */
public final class SftpInbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SftpInbox.class);
    private static final String FILE = "FinanceRemoteFile";
    private static final String REFUSALS = "FinanceServerRefusals";
    private static final int FILES = 100;

    private final SftpSettings settings;
    private final Fetched fetched;
    private final SftpLine line;

    public SftpInbox(Settings settings) {
        this.settings = SftpSettings.of(settings);
        this.fetched = new Fetched(settings);
        this.line = this.settings == null ? null : new SftpLine(this.settings);
    }

    /** The body becomes the list of files that can be fetched; nobody has written to them for a while. Empty without a server. */
    public void look(Exchange exchange) throws IOException {
        exchange.setProperty(REFUSALS, new HashSet<String>());
        try {
            exchange.getMessage().setBody(settings == null ? List.of() : settled());
        } catch (SftpLine.RefusedByServer e) {
            throw trouble(e.getMessage(), e);
        }
    }

    private List<RemoteFile> settled() throws IOException {
        List<RemoteFile> first = line.list();
        if (first.size() < SftpLine.MOST_FILES) {
            fetched.forgetAllBut(first);
        }
        if (first.isEmpty()) {
            return first;
        }
        long end = System.nanoTime() + settings.settle() * 1_000_000L;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return List.of();
            }
        }
        Set<RemoteFile> before = new HashSet<>(first);
        return line.list().stream().filter(before::contains).limit(FILES).toList();
    }

    /** Fetches the file of the body, which becomes the local one; or null when there is nothing to read now. */
    public void fetch(Exchange exchange) throws IOException {
        RemoteFile file = exchange.getMessage().getBody(RemoteFile.class);
        exchange.setProperty(FILE, file);
        exchange.getMessage().setBody(null);
        try {
            if (fetched.isRead(file)) {
                move(file);
            } else if (fetched.isWhole(file) || isFetched(file)) {
                exchange.getMessage().setBody(fetched.whole(file).toFile());
            }
        } catch (SftpLine.RefusedByServer e) {
            refusals(exchange).add(e.getMessage()); // about one file; the others are fetched all the same
        }
    }

    private boolean isFetched(RemoteFile file) throws IOException {
        line.read(file, fetched.part(file));
        if (!file.equals(line.look(file.name())) || !fetched.complete(file)) {
            fetched.forget(file);
            return false;
        }
        return true;
    }

    /** The route has read the file, or refused it, and that is durable. It is moved on the server now, or with the next look. */
    public void read(Exchange exchange) throws IOException {
        RemoteFile file = exchange.getProperty(FILE, RemoteFile.class);
        boolean refused = exchange.getMessage().getHeader(Intake.TARGET, String.class).startsWith(".refused/");
        fetched.read(file, refused ? ".refused" : ".done");
        try {
            move(file);
        } catch (SftpLine.RefusedByServer e) {
            refusals(exchange).add(e.getMessage());
        }
    }

    private void move(RemoteFile file) throws IOException {
        // Whoever has written to it since gets it read again.
        if (file.equals(line.look(file.name()))) {
            String folder = fetched.target(file);
            line.makeFolder(folder);
            String target = folder + "/" + free(folder, file.name());
            byte[] report = fetched.report(file);
            if (report.length > 0) {
                line.write(report, folder + "/." + file.name() + ".report.part");
                line.move(folder + "/." + file.name() + ".report.part", target + ".report.txt");
            }
            line.move(file.name(), target);
            LOG.info("{}: moved to {} on the server", file.name(), target);
        }
        fetched.forget(file);
    }

    private String free(String folder, String name) throws IOException {
        String free = name;
        for (int n = 2; line.look(folder + "/" + free) != null || line.look(folder + "/" + free + ".report.txt") != null; n++) {
            free = name + "." + n;
        }
        return free;
    }

    /** Ends the line until the next look. */
    public void leave() {
        close();
    }

    /** Tells what the server did not let the hub do with single files. */
    public void complain(Exchange exchange) throws ConnectException {
        Set<String> refusals = refusals(exchange);
        if (!refusals.isEmpty()) {
            throw trouble(refusals.iterator().next() + (refusals.size() > 1 ? " And " + (refusals.size() - 1) + " more." : ""), null);
        }
    }

    /** What the hub shows at the plugin until a look is in order again. */
    private static ConnectException trouble(String message, Exception cause) {
        ConnectException trouble = new ConnectException(message);
        trouble.initCause(cause);
        return trouble;
    }

    @SuppressWarnings("unchecked")
    private static Set<String> refusals(Exchange exchange) {
        return exchange.getProperty(REFUSALS, Set.class);
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
    }
}
