package org.yuzui.inbox;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A file on its way through an exchange. Not thread-safe: one exchange has it. */
public final class InboxFile {

    private static final String PROPERTY = "YuzuiInboxFile";
    private static final int LONGEST_NAME = 100;

    private final Path path;
    private FileState taken;
    private Closeable reader;

    private InboxFile(Path path) {
        this.path = path;
    }

    /**
     * Takes the file of the body, and says where the records come from.
     *
     * @param sourceType what kind of file it is, for the ledger
     * @throws IOException when it isn't there any more; {@link #of} gives it all the same
     */
    public static InboxFile take(Exchange exchange, String sourceType) throws IOException {
        Message message = exchange.getMessage();
        InboxFile file = new InboxFile(message.getBody(File.class).toPath());
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

    public String name() {
        return path.getFileName().toString();
    }

    /** Its name for logs and the ledger: one line, not endless. */
    public String shown() {
        String name = name().replaceAll("\\p{Cntrl}", "?");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
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
     * @return where that is, below the inbox
     */
    public String refuse(Inbox inbox, byte[] report) throws IOException {
        close();
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
