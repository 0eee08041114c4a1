package org.yuzui.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class BootstrapTokenTest {

    @TempDir
    Path data;

    @Test
    void the_first_start_writes_a_token_that_only_its_owner_can_read() throws IOException {
        Access access = BootstrapToken.open(data.resolve("new"));

        Path file = data.resolve("new/bootstrap-token");
        String token = Files.readString(file).strip();
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
        assertThat(access.byToken(token)).contains(Principal.withAll("bootstrap"));
    }

    @Test
    void a_later_start_keeps_it() throws IOException {
        BootstrapToken.open(data);
        String token = token();

        Access later = BootstrapToken.open(data);

        assertThat(token()).isEqualTo(token);
        assertThat(later.byToken(token)).isPresent();
    }

    @Test
    void two_hubs_have_two_tokens() throws IOException {
        BootstrapToken.open(data);
        Access other = BootstrapToken.open(data.resolve("other"));

        assertThat(other.byToken(token())).isEmpty();
    }

    @Test
    void nothing_else_is_let_in() throws IOException {
        Access access = BootstrapToken.open(data);

        assertThat(access.byToken(null)).isEmpty();
        assertThat(access.byToken("")).isEmpty();
        assertThat(access.byToken(token().substring(1))).isEmpty();
        assertThat(access.byToken(token() + "A")).isEmpty();
        assertThat(access.byToken(token().toLowerCase())).isEmpty();
    }

    @Test
    void a_file_that_others_can_read_is_closed_to_them() throws IOException {
        BootstrapToken.open(data);
        Files.setPosixFilePermissions(data.resolve("bootstrap-token"), PosixFilePermissions.fromString("rw-r--r--"));

        Access access = BootstrapToken.open(data);

        assertThat(permissions(data.resolve("bootstrap-token"))).isEqualTo("rw-------");
        assertThat(access.byToken(token())).isPresent();
    }

    @Test
    void a_token_that_can_be_guessed_is_refused() throws IOException {
        Files.writeString(data.resolve("bootstrap-token"), "letmein\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> BootstrapToken.open(data));

        assertThat(refused.problem().code()).isEqualTo("bootstrap-token-weak");
        assertThat(refused.problem().place()).endsWith("bootstrap-token");
        assertThat(refused).hasMessageNotContaining("letmein");
    }

    @Test
    void a_start_that_was_interrupted_leaves_no_half_token() throws IOException {
        Files.writeString(data.resolve("bootstrap-token.part"), "half");

        BootstrapToken.open(data);

        assertThat(token()).hasSize(43);
    }

    private String token() throws IOException {
        return Files.readString(data.resolve("bootstrap-token")).strip();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
