package org.yuzui.plugin.finance.sftp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.testkit.FreePorts;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who is let in, what is taken, and what is told when the server does not do what it is asked to. */
class SftpLineTest {

    @TempDir
    private Path folder;
    private FileServer server;
    private Path known;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer(Files.createDirectories(folder.resolve("files")), FreePorts.next());
        known = folder.resolve("known");
        Files.writeString(known, server.knownHost(server.port));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPasswordOpensAndOnlyFinishedFilesAreTaken() throws Exception {
        for (String name : new String[] {"a.xml", "b.xml.part", ".c.xml", "d.FILEPART", "e 一月.json"}) {
            Files.writeString(server.folder.resolve(name), "text");
        }
        Files.createDirectory(server.folder.resolve("f.xml"));
        Files.createSymbolicLink(server.folder.resolve("g.xml"), Path.of("/etc/hostname"));
        try (SftpLine line = line(FileServer.PASSWORD, true)) {
            assertThat(line.list()).extracting(RemoteFile::name).containsExactlyInAnyOrder("a.xml", "e 一月.json");
            assertThat(line.look("nothing")).isNull();
        }
    }

    @Test
    void aWrongPasswordIsToldAsSuch() {
        assertThatThrownBy(() -> line("wrong", true).list()).isInstanceOf(ConnectException.class)
                .hasMessageContaining("does not let the user hub in").hasMessageNotContaining("wrong,");
    }

    @Test
    void anUnknownServerIsLetInOnlyWhereTheSiteSaysSo() throws Exception {
        Files.delete(known);
        assertThatThrownBy(() -> line(FileServer.PASSWORD, true).list()).isInstanceOf(ConnectException.class)
                .hasMessageContaining("its key is not in").hasMessageContaining("ssh-ed25519 AAAA");
        try (SftpLine line = line(FileServer.PASSWORD, false)) {
            assertThat(line.list()).isEmpty();
        }
    }

    @Test
    void aNameThatLooksLikeAPatternIsAName() throws Exception {
        Files.writeString(server.folder.resolve("a1.xml"), "another");
        Files.writeString(server.folder.resolve("a*.xml"), "this");
        Files.createDirectory(server.folder.resolve(".done"));
        Path into = folder.resolve("into");
        try (SftpLine line = line(FileServer.PASSWORD, true)) {
            line.read(line.look("a*.xml"), into);
            line.move("a*.xml", ".done/a*.xml");
        }
        assertThat(into).hasContent("this");
        assertThat(server.folder.resolve(".done/a*.xml")).hasContent("this");
        assertThat(server.folder.resolve("a1.xml")).exists();
    }

    @Test
    void aFileThatHasGrownIsNotReadBeyondWhatWasSeen() throws Exception {
        Files.writeString(server.folder.resolve("a.xml"), "as it is now");
        Path into = folder.resolve("into");
        try (SftpLine line = line(FileServer.PASSWORD, true)) {
            assertThatThrownBy(() -> line.read(new RemoteFile("a.xml", 5, 1), into)).isInstanceOf(ConnectException.class);
            assertThat(into).isEmptyFile();
            line.read(line.look("a.xml"), into);
        }
        assertThat(into).hasContent("as it is now");
    }

    @Test
    void whatTheServerRefusesLeavesTheLineInOrder() throws Exception {
        try (SftpLine line = line(FileServer.PASSWORD, true)) {
            assertThatThrownBy(() -> line.move("nothing", "else")).isInstanceOf(SftpLine.RefusedByServer.class);
            assertThat(line.list()).isEmpty();
        }
    }

    private SftpLine line(String password, boolean strict) {
        return new SftpLine(new SftpSettings("127.0.0.1", server.port, FileServer.USER, password, "", "", known, strict, "/", 100));
    }
}
