package org.yuzui.plugin.finance.sftp;

import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A real SFTP server with a folder, in this process; it can be stopped and started, and refuse to move. */
final class FileServer implements AutoCloseable {

    static final String USER = "hub";
    static final String PASSWORD = "of-the-test";

    final Path folder;
    final int port;
    final KeyPair key = pair("EdDSA");
    /** The only key that lets the user in beside the password. */
    final KeyPair userKey = pair("EC");
    /** Bytes that were read of each file, by its name. */
    final Map<String, Long> read = new ConcurrentHashMap<>();
    volatile boolean movesNothing;
    /** Is told when somebody has listed a folder. */
    volatile Runnable listed = () -> { };
    private SshServer server;

    FileServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        start();
    }

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = SecurityUtils.getKeyPairGenerator(algorithm);
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The user's private key as text. */
    String userKeyText() {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(userKey.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    void start() {
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        server.setPublickeyAuthenticator((user, given, session) -> user.equals(USER) && given.equals(userKey.getPublic()));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        sftp.addSftpEventListener(new Watching());
        server.setSubsystemFactories(List.of(sftp));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its line in a file of known hosts, as OpenSSH has it. */
    String knownHost(int atPort) {
        ByteArrayBuffer blob = new ByteArrayBuffer();
        blob.putRawPublicKey(key.getPublic());
        return "[127.0.0.1]:" + atPort + " ssh-ed25519 " + Base64.getEncoder().encodeToString(blob.getCompactData()) + "\n";
    }

    void put(String name, byte[] bytes) throws IOException {
        Path part = folder.resolve("." + name + ".part");
        Files.write(part, bytes);
        Files.move(part, folder.resolve(name));
    }

    @Override
    public void close() {
        stop();
    }

    private final class Watching implements SftpEventListener {

        @Override
        public void read(ServerSession session, String remoteHandle, FileHandle localHandle, long offset, byte[] data, int dataOffset,
                         int dataLen, int readLen, Throwable thrown) {
            FileServer.this.read.merge(localHandle.getFile().getFileName().toString(), (long) Math.max(readLen, 0), Long::sum);
        }

        @Override
        public void readEntries(ServerSession session, String remoteHandle, DirectoryHandle localHandle, Map<String, Path> entries) {
            listed.run();
        }

        @Override
        public void moving(ServerSession session, Path srcPath, Path dstPath, Collection<CopyOption> opts) throws IOException {
            if (movesNothing) {
                throw new IOException("The disk of the server is full");
            }
        }
    }
}
