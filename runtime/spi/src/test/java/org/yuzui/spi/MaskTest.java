package org.yuzui.spi;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MaskTest {

    @ParameterizedTest
    @CsvSource({
            "name, 测试一号, 测***",
            "name, 王, *",
            "name, '', ''",
            "name, 𠮷田一郎, 𠮷***",
            "id-number, 510104199001010019, 510104************",
            "id-number, 12345, *****",
            "phone, 13800001234, *******1234",
            "phone, 110, ***",
            "all, anything, ***",
            "all, '', ''"})
    void hidesWhatIsPersonal(String mask, String value, String masked) {
        assertThat(Mask.named(mask).apply(value)).isEqualTo(masked);
    }

    @ParameterizedTest
    @EnumSource(Mask.class)
    void maskingTwiceChangesNothing(Mask mask) {
        for (String value : new String[] {"", "王", "测试一号", "510104199001010019", "13800001234", "***"}) {
            String once = mask.apply(value);
            assertThat(mask.apply(once)).isEqualTo(once);
        }
    }

    @Test
    void anUnknownMaskIsRefusedWithTheOnesThatExist() {
        assertThatThrownBy(() -> Mask.named("nmae")).hasMessageContaining("nmae").hasMessageContaining("id-number");
    }
}
