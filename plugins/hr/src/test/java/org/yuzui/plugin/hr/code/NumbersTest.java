package org.yuzui.plugin.hr.code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NumbersTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    @ParameterizedTest
    @CsvFileSource(resources = "/id-vectors.csv", numLinesToSkip = 1)
    void everyVectorIsTakenOrRefusedAsItsRowSays(String kind, String value, String valid, String note) throws Exception {
        if (kind.equals("USCC")) {
            assertThat(CreditCode.isValid(value)).as(note).isEqualTo(valid.equals("true"));
        } else if (valid.startsWith("15-digit")) {
            assertThat(IdNumber.parse(value, TODAY).text()).isEqualTo("510104199001010019");
        } else if (valid.equals("true")) {
            assertThat(IdNumber.parse(value, TODAY).text()).isEqualTo(value);
        } else {
            assertThatThrownBy(() -> IdNumber.parse(value, TODAY)).as(note).isInstanceOf(IdNumber.Invalid.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"11010519491231002x, 1949-12-31, 2", "510104199001010019, 1990-01-01, 1", "510104900101001, 1990-01-01, 1"})
    void whatANumberTells(String number, LocalDate birthday, String sex) throws Exception {
        assertThat(IdNumber.parse(number, TODAY).birthday()).isEqualTo(birthday);
        assertThat(IdNumber.parse(number, TODAY).sex()).isEqualTo(sex);
    }

    @Test
    void nobodyIsBornAfterTheRoster() {
        assertThatThrownBy(() -> IdNumber.parse("510104199001010019", LocalDate.of(1989, 1, 1))).hasMessage("BIRTHDAY");
    }

    @Test
    void oneDigitThatIsWrongIsFoundWhereverItStands() {
        String id = "510104199001010019";
        String code = "12510000MB9000074Y";
        for (int i = 0; i < 18; i++) {
            String wrongId = id.substring(0, i) + (char) ('0' + (id.charAt(i) - '0' + 1) % 10) + id.substring(i + 1);
            assertThatThrownBy(() -> IdNumber.parse(wrongId, TODAY)).as(wrongId).isInstanceOf(IdNumber.Invalid.class);
            String wrongCode = code.substring(0, i) + (code.charAt(i) == '3' ? '4' : '3') + code.substring(i + 1);
            assertThat(CreditCode.isValid(wrongCode)).as(wrongCode).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"sex, 男, 1", "sex, 2, 2", "ethnic, 彝族, 07", "ethnic, 彝, 07", "ethnic, 7, 07", "ethnic, 纳西族, 27", "political, 1, 01", "political, 群众, 13",
        "education, 本科, 20", "marriage, 已婚, 20", "health, 健康, 1", "category, 参公, participating", "state, 退休, retired"})
    void aCodeOrAnyOfItsNamesGivesTheCode(String table, String text, String code) {
        assertThat(CodeTables.load(null).code(table, text)).contains(code);
    }
}
