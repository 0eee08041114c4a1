package @package@;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadingCodecTest {

    private final ReadingCodec codec = new ReadingCodec(
            Settings.of(new ObjectMapper().createObjectNode().put("unit", "510104-H01")));

    @Test
    void aLineIsARecordOfItsUnit() {
        List<JsonNode> readings = codec.read("meter;at;value\nM1;2026-03-02T08:00:00+08:00;21.5\n");
        assertThat(readings).hasSize(1);
        assertThat(readings.get(0).path("unit").asText()).isEqualTo("510104-H01");
        assertThat(readings.get(0).path("value").decimalValue()).isEqualByComparingTo("21.5");
    }

    @Test
    void aBadLineIsRefusedWithItsNumber() {
        assertThatThrownBy(() -> codec.read("meter;at;value\nM1;2026-03-02T08:00:00+08:00;much\n"))
                .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.place()).isEqualTo("line 2"));
    }
}
