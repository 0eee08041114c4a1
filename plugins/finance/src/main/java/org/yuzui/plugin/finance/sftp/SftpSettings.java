package org.yuzui.plugin.finance.sftp;

import org.yuzui.spi.Settings;

import java.nio.file.Path;

/**
 * Which server, and who the hub is there.
 *
 * @param key           a private key's text, in OpenSSH's or PEM form; empty to use the password
 * @param knownHosts    a file of OpenSSH's form with the server's key
 * @param strictHostKey whether a server is refused whose key isn't in that file
 * @param folder        that files come into, on the server
 * @param settle        milliseconds that a file must stay the same
 */
record SftpSettings(String host, int port, String user, String password, String key, String passphrase, Path knownHosts,
                    boolean strictHostKey, String folder, int settle) {

    private static final int PORT = 22;

    /** Null when no server is set. */
    static SftpSettings of(Settings settings) {
        String host = settings.text("sftp.host", "");
        if (host.isBlank()) {
            return null;
        }
        SftpSettings sftp = new SftpSettings(host, settings.number("sftp.port", PORT), settings.text("sftp.user", ""),
                settings.text("sftp.password", ""), settings.text("sftp.key", ""), settings.text("sftp.passphrase", ""),
                Path.of(settings.text("sftp.knownHosts", "config/finance.known_hosts")),
                !settings.text("sftp.strictHostKey", "true").equals("false"), settings.text("sftp.folder", "."),
                settings.number("settle", 1000));
        if (sftp.user.isBlank() || sftp.password.isEmpty() && sftp.key.isEmpty()) {
            throw new IllegalArgumentException("config/plugins/finance.yaml: sftp has a host and no user, or neither password nor key. "
                    + "Set sftp.user and one of sftp.password and sftp.key.");
        }
        return sftp;
    }

    String name() {
        return host + ":" + port;
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "sftp " + user + "@" + name() + " " + folder;
    }
}
