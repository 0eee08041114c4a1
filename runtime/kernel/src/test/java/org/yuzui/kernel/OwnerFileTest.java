package org.yuzui.kernel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OwnerFileTest {

    @TempDir
    Path folder;

    @Test
    void onlyItsOwnerMayReadItAndNothingElseIsLeft() throws IOException {
        Path file = folder.resolve("a.key");
        OwnerFile.write(file, "first\n");
        OwnerFile.write(file, "second\n");
        assertThat(file).hasContent("second\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryContaining("glob:**a.key").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatCantBePutInPlaceLeavesNothing() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
        assertThatThrownBy(() -> OwnerFile.write(taken, "text")).isInstanceOf(IOException.class);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
