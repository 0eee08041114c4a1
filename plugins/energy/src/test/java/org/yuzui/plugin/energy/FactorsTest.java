package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FactorsTest {

    @Test
    void theWorkedExampleToTheLastDigit() throws Exception {
        JsonNode example = new ObjectMapper().readTree(FactorsTest.class.getResource("/worked-example.json"));
        Factors.Version factors = Factors.read(null).on(LocalDate.parse(example.path("day").asText()));
        BigDecimal electricity = factors.kgce("electricity", number(example, "electricity")).orElseThrow();
        BigDecimal gas = factors.kgce("gas", number(example, "gas")).orElseThrow();
        BigDecimal kilograms = factors.kilograms("gasoline", number(example, "gasolineLitres")).orElseThrow();
        BigDecimal gasoline = factors.kgce("gasoline", kilograms).orElseThrow();
        assertThat(kilograms).isEqualByComparingTo("1460");
        assertThat(gasoline).isEqualByComparingTo("2148.244");
        BigDecimal building = electricity.add(gas);
        BigDecimal total = building.add(gasoline);
        JsonNode expect = example.path("expect");
        assertThat(total).isEqualByComparingTo(number(expect, "kgce"));
        assertThat(total.divide(number(example, "people"))).isEqualByComparingTo(number(expect, "perPerson"));
        assertThat(building.divide(number(example, "area"))).isEqualByComparingTo(number(expect, "buildingPerArea"));
        assertThat(number(example, "water").divide(number(example, "people"))).isEqualByComparingTo(number(expect, "waterPerPerson"));
        assertThat(factors.kgCO2("electricity", number(example, "electricity")).orElseThrow()).isEqualByComparingTo(number(expect, "kgCO2OfElectricity"));
    }

    @Test
    void waterIsNeverConverted(@TempDir Path folder) throws Exception {
        assertThat(Factors.read(null).on(LocalDate.parse("2026-03-02")).kgce("water", BigDecimal.TEN)).isEmpty();
        Path file = Files.writeString(folder.resolve("f.json"), "{\"versions\": [{\"version\": \"x\", \"from\": \"2026-01-01\", \"kgce\": {\"water\": 0.0857}}]}");
        assertThatThrownBy(() -> Factors.read(file.toString())).hasMessageContaining("Water is never added");
    }

    @Test
    void aDayHasTheFactorsOfItsTime(@TempDir Path folder) throws Exception {
        assertThat(Factors.read(null).on(LocalDate.parse("2021-12-31")).name()).isEqualTo("sichuan-2021");
        assertThat(Factors.read(null).on(LocalDate.parse("2022-01-01")).name()).isEqualTo("sichuan-2022");
        Path file = Files.writeString(folder.resolve("f.json"), "{\"versions\": [{\"version\": \"ours\", \"from\": \"2026-01-01\", \"kgce\": {\"gas\": \"1.2143\"}}]}");
        Factors own = Factors.read(file.toString());
        assertThat(own.on(LocalDate.parse("2026-03-02")).kgce("gas", BigDecimal.TEN)).hasValue(new BigDecimal("12.1430"));
        assertThatThrownBy(() -> own.on(LocalDate.parse("2025-12-31"))).hasMessageContaining("2026-01-01");
        Files.writeString(file, "{\"versions\": [{\"version\": \"ours\", \"from\": \"today\", \"kgce\": {\"gas\": \"x\"}}]}");
        assertThatThrownBy(() -> Factors.read(file.toString())).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(file.toString());
    }

    private static BigDecimal number(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asText());
    }
}
