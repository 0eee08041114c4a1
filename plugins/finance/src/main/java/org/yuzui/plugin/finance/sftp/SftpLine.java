package org.yuzui.plugin.finance.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSftp.LsEntrySelector;
import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;

import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The line to the server. It is made when it is needed and again when it has broken; every wait on it ends. What hinders it
 * is a {@link ConnectException} that says what to do. Not thread-safe.
 */
final class SftpLine implements AutoCloseable {

    static final int MOST_FILES = 10_000;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int ALIVE_MILLIS = 10_000;
    private static final Pattern UNFINISHED = Pattern.compile("(?i).*\\.(tmp|part|filepart)");
    private static final int LONGEST_NAME_BYTES = 200;
    /** The hub's own data may lie on the same disk. */
    private static final long SPARE_BYTES = 500_000_000;

    private final SftpSettings settings;
    private Session session;
    private ChannelSftp channel;

    SftpLine(SftpSettings settings) {
        this.settings = settings;
    }

    /** The files that are no longer written to by their names, the oldest first; of very many some. */
    List<RemoteFile> list() throws IOException {
        List<RemoteFile> files = new ArrayList<>();
        doing("list the folder " + settings.folder(), sftp -> sftp.ls(settings.folder(), entry -> {
            SftpATTRS about = entry.getAttrs();
            if (about.isReg() && isTaken(entry.getFilename())) {
                files.add(new RemoteFile(entry.getFilename(), about.getSize(), Integer.toUnsignedLong(about.getMTime())));
            }
            return files.size() < MOST_FILES ? LsEntrySelector.CONTINUE : LsEntrySelector.BREAK;
        }));
        files.sort(Comparator.comparingLong(RemoteFile::modified).thenComparing(RemoteFile::name));
        return files;
    }

    /** Names come from the other side, and become names here. */
    private static boolean isTaken(String name) {
        return !name.startsWith(".") && !UNFINISHED.matcher(name).matches() && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ')
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME_BYTES;
    }

    /** The file as it is now; null when it has gone. */
    RemoteFile look(String name) throws IOException {
        RemoteFile[] seen = new RemoteFile[1];
        doing("look at " + name, sftp -> {
            try {
                SftpATTRS about = sftp.stat(path(name));
                seen[0] = new RemoteFile(name, about.getSize(), Integer.toUnsignedLong(about.getMTime()));
            } catch (SftpException e) {
                if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                    throw e;
                }
            }
        });
        return seen[0];
    }

    /** Reads the file into a local one, on from where that ends; never more than it had when it was seen. */
    void read(RemoteFile file, Path into) throws IOException {
        long here = Files.exists(into) ? Files.size(into) : 0;
        if (here > file.size()) {
            Files.delete(into);
            here = 0;
        }
        if (Files.getFileStore(into.toAbsolutePath().getParent()).getUsableSpace() < file.size() - here + SPARE_BYTES) {
            throw new RefusedByServer("There is no room on this machine for " + file.name() + " of the server " + settings.name() + ", "
                    + file.size() + " bytes.", null);
        }
        long from = here;
        try (OutputStream out = new Bounded(Files.newOutputStream(into, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                file.size() - from)) {
            if (from < file.size()) {
                doing("read " + file.name(), sftp -> sftp.get(path(file.name()), out, null, ChannelSftp.RESUME, from));
            }
        }
    }

    void write(byte[] bytes, String name) throws IOException {
        doing("write " + name, sftp -> sftp.put(new ByteArrayInputStream(bytes), path(name), ChannelSftp.OVERWRITE));
    }

    void remove(String name) throws IOException {
        doing("remove " + name, sftp -> sftp.rm(path(name)));
    }

    void move(String from, String to) throws IOException {
        doing("move " + from + " to " + to, sftp -> sftp.rename(path(from), path(to)));
    }

    void makeFolder(String name) throws IOException {
        if (look(name) == null) {
            doing("make the folder " + name, sftp -> sftp.mkdir(path(name)));
        }
    }

    private String path(String name) {
        // jsch takes these for patterns, and a file may be called so.
        return settings.folder() + "/" + name.replaceAll("[*?]", "\\\\$0");
    }

    private interface Deed {
        void on(ChannelSftp sftp) throws SftpException;
    }

    private void doing(String what, Deed deed) throws IOException {
        try {
            deed.on(open());
        } catch (SftpException e) {
            if (channel != null && channel.isConnected() && e.id > 0 && e.id != ChannelSftp.SSH_FX_CONNECTION_LOST
                    && e.id != ChannelSftp.SSH_FX_NO_CONNECTION && !(e.getCause() instanceof IOException)) {
                throw new RefusedByServer("The server " + settings.name() + " lets the hub not " + what + " (SFTP status " + e.id + ").", e);
            }
            close();
            throw trouble("the line broke when it was to " + what, e);
        }
    }

    private ChannelSftp open() throws IOException {
        if (channel != null && channel.isConnected()) {
            return channel;
        }
        close();
        JSch jsch = new JSch();
        try {
            if (!settings.key().isEmpty()) {
                jsch.addIdentity("finance", settings.key().getBytes(StandardCharsets.UTF_8), null,
                        settings.passphrase().isEmpty() ? null : settings.passphrase().getBytes(StandardCharsets.UTF_8));
            }
            if (Files.exists(settings.knownHosts())) {
                jsch.setKnownHosts(settings.knownHosts().toString());
            }
            session = jsch.getSession(settings.user(), settings.host(), settings.port());
            if (!settings.password().isEmpty()) {
                session.setPassword(settings.password());
            }
            session.setConfig("StrictHostKeyChecking", settings.strictHostKey() ? "yes" : "no");
            session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
            session.setConfig("MaxAuthTries", "2");
            session.setDaemonThread(true);
            session.setServerAliveInterval(ALIVE_MILLIS);
            session.setServerAliveCountMax(2);
            session.connect(PATIENCE_MILLIS);
            channel = (ChannelSftp) session.openChannel("sftp");
            channel.connect(PATIENCE_MILLIS);
            channel.setFilenameEncoding(StandardCharsets.UTF_8);
            return channel;
        } catch (JSchException e) {
            ConnectException trouble = explain(e);
            close();
            throw trouble;
        }
    }

    private ConnectException explain(JSchException e) {
        if (e instanceof JSchUnknownHostKeyException) {
            HostKey key = session.getHostKey();
            return trouble("its key is not in " + settings.knownHosts() + ". If its administrator confirms " + fingerprint(key)
                    + ", add the line: " + key.getHost() + " " + key.getType() + " " + key.getKey(), e);
        }
        if (e instanceof JSchChangedHostKeyException) {
            return trouble("its key is another than in " + settings.knownHosts() + ", " + fingerprint(session.getHostKey())
                    + ". It may be another server: ask its administrator before that file is changed", e);
        }
        String message = String.valueOf(e.getMessage());
        return trouble(message.startsWith("Auth") || message.startsWith("invalid privatekey")
                ? "it does not let the user " + settings.user() + " in; check user, password and key" : message, e);
    }

    private static String fingerprint(HostKey key) {
        return key.getType() + " " + key.getFingerPrint(new JSch());
    }

    private ConnectException trouble(String what, Exception cause) {
        ConnectException e = new ConnectException("the SFTP server " + settings.name() + ": " + what);
        e.initCause(cause);
        return e;
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.disconnect();
            channel = null;
        }
        if (session != null) {
            session.disconnect();
            session = null;
        }
    }

    /** A server that sends without end fills no disk. */
    private static final class Bounded extends FilterOutputStream {

        private long left;

        Bounded(OutputStream out, long most) {
            super(out);
            this.left = most;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("the file grows while it is read");
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }
    }

    /** The line is in order, and the server does not do what it is asked to, or this machine can't. */
    static final class RefusedByServer extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedByServer(String message, Exception cause) {
            super(message, cause);
        }
    }
}
