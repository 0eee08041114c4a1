package org.yuzui.inbox;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A file on its way through an exchange. Not thread-safe: one exchange has it.
 *
 * <p>What the hub lets in once more, mended or not, comes as bytes, a large one as a stream: it becomes a file again until the exchange ends, and goes then where the
 * file of a folder goes. What is refused once more leaves nothing beside it, as whoever sent it is told at once, and what is only tried
 * leaves nothing at all.
 */
public final class InboxFile {

    private static final String PROPERTY = "YuzuiInboxFile";
    private static final int LONGEST_NAME = 100;
    /** Of a long name its end stays, by which a program knows what it is. */
    private static final int LAST_OF_NAME = 20;

    private final Path path;
    private final Inbox inbox;
    private final boolean again;
    private FileState taken;
    private Closeable reader;

    private InboxFile(Path path, Inbox inbox, boolean again) {
        this.path = path;
        this.inbox = inbox;
        this.again = again;
    }

    /**
     * Takes the file of the body, and says where the records come from.
     *
     * @param sourceType what kind of file it is, for the ledger
     * @param inbox      the folder of what comes in bytes
     * @param target     the header that will say where the file goes, below its folder or absolute
     * @throws IOException when it isn't there any more; {@link #of} gives it all the same
     */
    public static InboxFile take(Exchange exchange, String sourceType, Inbox inbox, String target) throws IOException {
        Message message = exchange.getMessage();
        InboxFile file;
        if (message.getBody() instanceof byte[] bytes) {
            file = new InboxFile(ComeAgain.spool(exchange, new ByteArrayInputStream(bytes), inbox, target), inbox, true);
        } else if (message.getBody() instanceof InputStream large) {
            file = new InboxFile(ComeAgain.spool(exchange, large, inbox, target), inbox, true);
        } else {
            Path path = message.getBody(File.class).toPath();
            file = new InboxFile(path, new Inbox(path.toAbsolutePath().getParent()), false);
        }
        exchange.setProperty(PROPERTY, file);
        message.setHeader(Headers.SOURCE, "file " + file.shown());
        message.setHeader(Headers.SOURCE_ID, file.shown());
        message.setHeader(Headers.SOURCE_TYPE, sourceType);
        file.taken = FileState.of(file.path);
        return file;
    }

    /** The file that this exchange has taken. */
    public static InboxFile of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, InboxFile.class);
    }

    public Path path() {
        return path;
    }

    /** The folder that it came into: of what came from elsewhere, such as a server, a folder of its own. */
    public Inbox inbox() {
        return inbox;
    }

    /** Whether the hub has let it in once more, so that nobody looks for a report beside it. */
    public boolean isAgain() {
        return again;
    }

    public String name() {
        return path.getFileName().toString();
    }

    /** Its name for logs and the ledger: one line, not endless. */
    public String shown() {
        String name = name().replaceAll("\\p{Cntrl}", "?");
        return name.length() <= LONGEST_NAME ? name
                : name.substring(0, LONGEST_NAME - LAST_OF_NAME - 1) + "…" + name.substring(name.length() - LAST_OF_NAME);
    }

    /** Keeps a reader that goes on while the exchange does; {@link #close} closes it. */
    public <R extends Closeable> R reading(R with) {
        this.reader = with;
        return with;
    }

    public void close() throws IOException {
        Closeable open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }

    /**
     * To be called when all is durable; closes it.
     *
     * @throws IOException somebody has written to the file since it was taken, so that it has to be read again
     */
    public void done() throws IOException {
        close();
        if (!FileState.of(path).equals(taken)) {
            throw new IOException("The file " + shown() + " was written to while it was read; it is read again.");
        }
    }

    /**
     * Closes it, and writes why it is refused beside where it goes.
     *
     * @return where that is, below the inbox; null for nowhere
     */
    public String refuse(byte[] report) throws IOException {
        close();
        if (again) {
            return null;
        }
        String name = inbox.free(Inbox.REFUSED, name());
        inbox.write(Inbox.REFUSED, name + ".report.txt", report);
        return Inbox.REFUSED + "/" + name;
    }

    /** Why the route refuses what it has taken: the refusal that it has caught, wherever that is wrapped. */
    public static RefusedException refusal(Exchange exchange) {
        for (Throwable t = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class); t != null; t = t.getCause()) {
            if (t instanceof RefusedException refusal) {
                return refusal;
            }
        }
        return new RefusedException("refused", null, "The file was refused without a reason.");
    }

    /**
     * To be called when it can't be made durable now: the file stays and is read again.
     *
     * @throws Exception always, what was caught
     */
    public static void later(Exchange exchange) throws Exception {
        InboxFile file = of(exchange);
        if (file != null) {
            file.close();
        }
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
