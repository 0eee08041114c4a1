package org.yuzui.launcher.demo;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HospitalsTest {

    @TempDir
    Path home;

    @BeforeEach
    void settings() throws IOException {
        Files.createDirectories(home.resolve("config/plugins"));
        Files.writeString(home.resolve("config/plugins/his.yaml"), """
                facilities:
                  H510104: {unit: 510104-H01, beds: 300}
                  SCSY: {unit: 510104-H01}
                  H510302: 510302-H01
                """);
    }

    @Test
    void everyUnitHasOneSender() {
        assertThat(Hospitals.of(home, List.of())).extracting(Hospital::facility, Hospital::unit)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("H510104", "510104-H01"),
                        org.assertj.core.groups.Tuple.tuple("H510302", "510302-H01"));
    }

    @Test
    void namedFacilitiesNeedNotBeMapped() {
        assertThat(Hospitals.of(home, List.of("SCSY", "STRANGER"))).extracting(Hospital::unit)
                .containsExactly("510104-H01", "STRANGER");
        assertThat(Hospitals.of(home.resolve("elsewhere"), List.of("STRANGER"))).hasSize(1);
    }

    @Test
    void withoutAnyTheFileIsNamed() throws IOException {
        Files.writeString(home.resolve("config/plugins/his.yaml"), "listen: {port: 1}\n");
        assertThatThrownBy(() -> Hospitals.of(home, List.of())).isInstanceOf(ProblemException.class)
                .hasMessageContaining("config/plugins/his.yaml facilities").hasMessageContaining("--facilities");
    }
}
