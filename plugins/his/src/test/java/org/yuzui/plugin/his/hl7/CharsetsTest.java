package org.yuzui.plugin.his.hl7;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CharsetsTest {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String TEXT = "MSH|^~\\&|HIS\rPID|1||P1||测试^四号\r";

    @ParameterizedTest
    @CsvSource({
            "UNICODE UTF-8, UTF-8", "UTF-8, UTF-8", "utf8, UTF-8", "GB 18030-2000, GB18030", "GB18030, GB18030",
            "GBK, GB18030", "GB2312, GB18030", "CP936, GB18030", "8859/1, ISO-8859-1", "ISO-8859-1, ISO-8859-1",
            "8859/15, ISO-8859-15", "ASCII, US-ASCII", "BIG-5, Big5"})
    void namesOfCharsets(String name, String charset) {
        assertThat(Charsets.named(name)).contains(Charset.forName(charset));
    }

    @ParameterizedTest
    @CsvSource({
            // bytes in, MSH-18, default of the link | read in, or the reason
            "UTF-8,   UNICODE UTF-8,  UTF-8,   UTF-8",
            "GB18030, GB 18030-2000,  UTF-8,   GB18030",
            "GB18030, GB2312,         UTF-8,   GB18030",
            "UTF-8,   '',             UTF-8,   UTF-8",
            "GB18030, '',             GB18030, GB18030",
            "GB18030, UNICODE,        GB18030, GB18030",
            "UTF-8,   UNICODE,        UTF-8,   UTF-8",
            "GB18030, '',             UTF-8,   'MSH-18 is empty or not counted, so UTF-8 is expected, but byte 25 (segment PID)'",
            "GB18030, UNICODE UTF-8,  GB18030, 'MSH-18 declares UNICODE UTF-8, but byte 25 (segment PID)'",
            "GB18030, UNICODE,        UTF-8,   MSH-18 declares UNICODE",
            "UTF-8,   GB 18030-2000,  UTF-8,   but the bytes are UTF-8",
            "UTF-8,   '',             GB18030, but the bytes are UTF-8",
            "UTF-8,   8859/1,         UTF-8,   but the bytes are UTF-8",
            "UTF-8,   ASCII,          UTF-8,   'MSH-18 declares ASCII, but byte'",
            "UTF-8,   UNICODE UTF-16, UTF-8,   'The charset ''UNICODE UTF-16'' is not known'",
            "UTF-8,   KLINGON,        UTF-8,   'The charset ''KLINGON'' is not known'"})
    void aMessageIsReadAsItIsMeantOrRefused(String written, String declared, String link, String outcome) {
        byte[] bytes = TEXT.getBytes(Charset.forName(written));
        if (Charset.isSupported(outcome.split(" ")[0]) && !outcome.contains(" ")) {
            Charsets.Decoded decoded = Charsets.decode(bytes, declared, Charset.forName(link));
            assertThat(decoded.text()).isEqualTo(TEXT);
            assertThat(decoded.charset()).isEqualTo(Charset.forName(outcome));
        } else {
            assertThatThrownBy(() -> Charsets.decode(bytes, declared, Charset.forName(link)))
                    .isInstanceOf(Refusal.class).hasMessageContaining(outcome);
        }
    }

    @Test
    void asciiNeedsNoCharset() {
        byte[] ascii = "MSH|^~\\&|HIS\r".getBytes(StandardCharsets.US_ASCII);

        assertThat(Charsets.decode(ascii, "KLINGON", GB18030).text()).isEqualTo("MSH|^~\\&|HIS\r");
    }

    @Test
    void aWordThatHappensToBeUtf8StaysGb18030() {
        byte[] bytes = "PID|1||P1||医院\r".getBytes(GB18030); // these four bytes are well-formed UTF-8

        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
        assertThat(Charsets.decode(bytes, "GB 18030-2000", StandardCharsets.UTF_8).text()).contains("医院");
    }

    @Test
    void aFourByteCharacterOfGb18030IsRead() {
        byte[] bytes = "PID|1||P1||\uD842\uDFB7㐂\r".getBytes(GB18030);

        assertThat(Charsets.decode(bytes, "GB 18030-2022", StandardCharsets.UTF_8).text()).contains("\uD842\uDFB7㐂");
    }
}
