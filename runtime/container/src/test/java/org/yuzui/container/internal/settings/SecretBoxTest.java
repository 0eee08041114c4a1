package org.yuzui.container.internal.settings;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.yuzui.container.internal.settings.SecretBox.SealedShutException;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SecretBoxTest {

    private static final JsonNode SECRET = TextNode.valueOf("geheim 密码");

    @TempDir
    private Path folder;
    private Path file;
    private SecretBox box;

    @BeforeEach
    void name() {
        file = folder.resolve("keys/settings.key");
        box = new SecretBox(file);
    }

    @Test
    void sealsAndOpensAcrossRestartsWithTheTypeOfTheValue() throws Exception {
        String sealed = box.seal("his", "/password", SECRET);
        String number = box.seal("his", "/pin", IntNode.valueOf(1234));

        assertThat(sealed).matches("\\$\\{secret:v1:[0-9a-f]{8}:[A-Za-z0-9+/=]+}").doesNotContain("geheim");
        SecretBox later = new SecretBox(file);
        assertThat(later.open("his", "/password", sealed)).isEqualTo(SECRET);
        assertThat(later.open("his", "/pin", number)).isEqualTo(IntNode.valueOf(1234));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void theSameSecretAtTheSamePlaceIsTheSameTextAndNowhereElse() {
        assertThat(box.seal("his", "/password", SECRET)).isEqualTo(box.seal("his", "/password", SECRET))
                .isNotEqualTo(box.seal("his", "/other", SECRET)).isNotEqualTo(box.seal("hr", "/password", SECRET));
    }

    @Test
    void aCopyOpensNowhereElse() {
        String sealed = box.seal("his", "/password", SECRET);

        assertThatThrownBy(() -> box.open("his", "/banner", sealed)).isInstanceOf(SealedShutException.class);
        assertThatThrownBy(() -> box.open("hr", "/password", sealed)).isInstanceOf(SealedShutException.class);
    }

    @Test
    void aListMayBeReordered() throws Exception {
        String sealed = box.seal("his", "/mirrors/2/password", SECRET);

        assertThat(box.open("his", "/mirrors/0/password", sealed)).isEqualTo(SECRET);
    }

    @Test
    void aNewLastLineRotatesTheKeyAtOnce() throws Exception {
        String before = box.seal("his", "/password", SECRET);
        Path other = folder.resolve("other.key");
        new SecretBox(other).seal("his", "/password", SECRET);
        Files.writeString(file, Files.readString(file) + Files.readString(other));

        assertThat(box.open("his", "/password", before)).isEqualTo(SECRET);
        assertThat(box.isUpToDate(before)).isFalse();
        String after = box.seal("his", "/password", SECRET);
        assertThat(box.isUpToDate(after)).isTrue();
        assertThat(new SecretBox(other).open("his", "/password", after)).isEqualTo(SECRET);
    }

    @Test
    void aLostKeyIsSaidAndNoNewOneIsMadeByLooking() throws IOException {
        String sealed = box.seal("his", "/password", SECRET);
        Files.delete(file);

        assertThatThrownBy(() -> box.open("his", "/password", sealed)).isInstanceOf(SealedShutException.class)
                .hasMessageContaining("with another key");
        assertThat(file).doesNotExist();
    }

    @Test
    void aBrokenKeyFileIsRefusedWithoutShowingIt() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "c2hvcnQ=\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> box.seal("his", "/password", SECRET));

        assertThat(refused.problem().code()).isEqualTo("settings-key-unreadable");
        assertThat(refused.problem().sentence()).contains(file.toString()).doesNotContain("c2hvcnQ");
        assertThat(file).hasContent("c2hvcnQ=");
    }

    @Test
    void aKeyThatOthersMayReadIsWarnedOfOnce() throws Exception {
        String sealed = box.seal("his", "/password", SECRET);
        Logger logger = (Logger) LoggerFactory.getLogger(SecretBox.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            box.open("his", "/password", sealed);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(log.list).isEmpty();

            assertThat(box.open("his", "/password", sealed)).isEqualTo(SECRET);
            box.open("his", "/password", sealed);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).singleElement().satisfies(e -> {
            assertThat(e.getLevel()).isEqualTo(Level.WARN);
            assertThat(e.getFormattedMessage()).contains("chmod 600 " + file);
        });
    }

    @Test
    void whatIsDamagedIsSaid() {
        String sealed = box.seal("his", "/password", SECRET);
        int middle = sealed.length() - 12;
        String damaged = sealed.substring(0, middle) + (sealed.charAt(middle) == 'A' ? 'B' : 'A') + sealed.substring(middle + 1);

        assertThatThrownBy(() -> box.open("his", "/password", damaged)).isInstanceOf(SealedShutException.class);
        assertThatThrownBy(() -> box.open("his", "/password", "${secret:v2:x}")).isInstanceOf(SealedShutException.class);
    }
}
