package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.his.hl7.Refusal;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class OrderReaderTest {

    private final OrderReader reader = new OrderReader(Reading.ZONE, Reading.NONE);

    @Test
    void anOrderInTheDialectOfChineseHospitals() {
        JsonNode order = Reading.of(reader, "ORM^O01^ORM_O01",
                "PID||1|P1^^^000000&测试医院~P1|0|CESHI1^测试||19280410000000|F|||测试地址||||||O||P1",
                "PV1|1|I|^^998^020101&Z心血管内科|1|||T001^^T001||||||||||T001^^T001|职工医保|V1",
                "ORC|NW|4469415|||||^^^^^4||20171218111647|||T001^^T001|020101^^^^^^^Z心血管内科|||020101^Z心血管内科^^000000|||0^1",
                "OBR|1|4469415||270300002^内镜组织活检检查与诊断|4|||||||0304^Z病理科^000000|患者测试一号||||||||||病理", "NTE|1", "DG1|1").get(0);

        assertThat(order).hasToString("{\"unit\":\"510104-H01\",\"order\":\"4469415\",\"control\":\"NW\",\"cancelled\":false,"
                + "\"changedAt\":\"2017-12-18T11:16:47+08:00\",\"changedOn\":\"2017-12-18\",\"priority\":\"4\",\"items\":[{"
                + "\"kind\":\"service\",\"code\":\"270300002\",\"name\":\"内镜组织活检检查与诊断\"}],\"visit\":\"V1\",\"department\":{"
                + "\"code\":\"020101\",\"name\":\"Z心血管内科\"},\"patient\":{\"gender\":\"F\",\"birthYear\":1928}}");
    }

    @Test
    void oneRecordForEachOrcAndTheItemsBelongToIt() {
        List<? extends JsonNode> orders = Reading.of(reader, "ORM^O01", "PID|1||P1", "PV1|1|I" + "|".repeat(17) + "V1",
                "ORC|NW|A1|||||||20260302080000", "OBR|1|A1||S1^血常规", "OBR|2|A1||S2^肝功能",
                "ORC|CA|A2|F2||CA||||20260302080500", "PID|2||P2", "OBR|1||B7|S3");

        assertThat(orders).extracting(o -> o.path("order").asText(), o -> o.path("items").size(), o -> o.path("cancelled").asBoolean(),
                        o -> o.path("visit").asText(""))
                .containsExactly(tuple("A1", 2, false, "V1"),
                        tuple("A2", 0, true, "V1"), tuple("B7", 1, false, ""));
        assertThat(orders.get(1).path("filler").asText()).isEqualTo("F2");
        assertThat(orders.get(2).path("changedAt").asText()).isEqualTo("2026-03-02T08:30:00+08:00");
    }

    @Test
    void aPrescriptionIsWhatWasEncodedElseWhatWasAsked() {
        JsonNode plain = Reading.of(reader, "OMP^O09", "ORC|NW|R1", "RXO|M1^阿司匹林|100||mg^毫克").get(0).path("items");
        JsonNode encoded = Reading.of(reader, "RDE^O11", "ORC|NW|R1", "RXO|M1^阿司匹林|100||mg", "RXE||M9^阿司匹林肠溶片|2||片^T").get(0)
                .path("items");

        assertThat(plain).hasToString("[{\"kind\":\"medication\",\"code\":\"M1\",\"name\":\"阿司匹林\",\"amount\":\"100\",\"amountUnit\":\"mg\"}]");
        assertThat(encoded).hasToString("[{\"kind\":\"medication\",\"code\":\"M9\",\"name\":\"阿司匹林肠溶片\",\"amount\":\"2\",\"amountUnit\":\"片\"}]");
    }

    @ParameterizedTest
    @CsvSource({"ORC|NW, ORC-2", "PV1|1, ORC", "'OBR|1|||S1', ORC-2"})
    void withoutANumberOrAnOrderItIsRefused(String segment, String place) {
        assertThatThrownBy(() -> Reading.of(reader, "ORM^O01", segment))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.place()).isEqualTo(place));
    }
}
