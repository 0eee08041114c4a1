package org.yuzui.plugin.his.hl7;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageTest {

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n", "\r\r"})
    void segmentsEndInCrOrLfOrBoth(String end) {
        Message message = Message.parse("MSH|^~\\&|HIS" + end + "PID|1||P1" + end + "PV1|1|I");

        assertThat(message.segments()).extracting(Segment::id).containsExactly("MSH", "PID", "PV1");
        assertThat(message.first("PID").text(3)).isEqualTo("P1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            // field PID-5 | component, subcomponent | text
            "A^B^C; 1; 1; A", "A^B^C; 3; 1; C", "A^B^C; 4; 1; ''", "A&a^B; 1; 2; a", "A&a^B; 1; 3; ''", "A~X; 1; 1; A",
            "^B; 1; 1; ''", "'\"\"'; 1; 1; ''", "'  A  '; 1; 1; A", "A\\T\\B; 1; 1; A&B", "A\\S\\B^C; 1; 1; A^B",
            "A\\F\\B; 1; 1; A|B", "A\\R\\B; 1; 1; A~B", "A\\E\\B; 1; 1; A\\B", "A\\H\\B\\N\\; 1; 1; A\\H\\B\\N\\",
            "A\\; 1; 1; A", "''; 1; 1; ''"})
    void whatStandsInAField(String field, int component, int subcomponent, String text) {
        Message message = Message.parse("MSH|^~\\&|HIS\rPID|1||||" + field + "|Z\r");

        assertThat(message.first("PID").text(5, component, subcomponent)).isEqualTo(text);
        assertThat(message.first("PID").text(6)).isEqualTo("Z");
        assertThat(message.first("PID").text(60)).isEmpty();
    }

    @Test
    void repetitionsComeWithoutTheEmptyOnes() {
        Segment pid = Message.parse("MSH|^~\\&|HIS\rPID|1||~A^^^X~~B^^^Y~\r").first("PID");

        assertThat(pid.repetitions(3)).extracting(r -> r.text(1) + r.text(4)).containsExactly("AX", "BY");
        assertThat(pid.repetitions(9)).isEmpty();
    }

    @Test
    void otherDelimitersAreRead() {
        Header header = Header.read("MSH$%*!@$HIS$SC$$$20260302$$ADT%A01$C1$P$2.4\r".getBytes(StandardCharsets.US_ASCII));
        Segment pid = Message.parse("MSH$%*!@$HIS\rPID$1$$A@a%B*C%D$$x!S!y\r").first("PID");

        assertThat(header.typeAndTrigger()).isEqualTo("ADT^A01");
        assertThat(header.controlId()).isEqualTo("C1");
        assertThat(pid.text(3, 1, 2)).isEqualTo("a");
        assertThat(pid.repetitions(3)).hasSize(2);
        assertThat(pid.text(5)).isEqualTo("x%y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MSH", "MSH|", "MSH||HIS", "MSH|||||", "MSH|^^^^|HIS", "MSHabcdefg", "MSH^^~\\&|HIS", "MSH|^~\\&#$|H",
            "MSH &^~\\|HIS", "MSH|~|HIS"})
    void delimitersThatCantBeAreRefused(String header) {
        assertThatThrownBy(() -> Header.read(header.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo("bad-header"));
    }

    @Test
    void aByteOrderMarkAndBlankLinesBeforeTheHeaderArePassedOver() {
        byte[] bytes = "\uFEFF\r\nMSH|^~\\&|HIS|SC|||20260302||ADT^A01|C1|P|2.4\rPID|1||P1||测试\r".getBytes(StandardCharsets.UTF_8);

        assertThat(Header.read(bytes).controlId()).isEqualTo("C1");
        assertThat(Message.parse(Charsets.decode(bytes, "", StandardCharsets.UTF_8).text()).first("PID").text(5)).isEqualTo("测试");
    }

    @Test
    void aNameInTheHeaderWhoseBytesLookLikeDelimitersIsReadWhole() {
        Charset gb18030 = Charset.forName("GB18030");
        String name = "亅亇亊"; // 0x817C, 0x817E, 0x8180: the second bytes of the first two are | and ~
        byte[] bytes = ("MSH|^~\\&|" + name + "|SC|HUB||20260302||ADT^A01|C1|P|2.4||||||GB 18030-2000\r").getBytes(gb18030);

        Header header = Header.read(bytes);

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("\u0081|");
        assertThat(header.application()).isEqualTo(name);
        assertThat(header.controlId()).isEqualTo("C1");
        assertThat(header.declaredCharset()).isEqualTo("GB 18030-2000");
    }

    @ParameterizedTest
    @CsvSource({"医院, GB18030, GB 18030-2000", "医院, GB18030, ''", "医院, UTF-8, UNICODE UTF-8", "医院, UTF-8, ''",
            "Müller, UTF-8, UNICODE UTF-8", "Müller, ISO-8859-1, 8859/1"})
    void aNameInTheHeaderIsReadInTheCharsetThatItIsWrittenIn(String name, String charset, String declared) {
        Header header = Header.read(("MSH|^~\\&|HIS|" + name + "|HUB||20260302||ADT^A01|C1|P|2.4||||||" + declared + "\r")
                .getBytes(Charset.forName(charset)));

        assertThat(header.facility()).isEqualTo(name);
    }

    @Test
    void whatGoesToTheLedgerIsOneLineAndNotEndless() {
        Header header = Header.read(("MSH|^~\\&|A\tB\u0085C|" + "x".repeat(5000)
                + "|||20260302||ADT^A01|C1|P|2.4||||||UNICODE UTF-8\r")
                .getBytes(StandardCharsets.UTF_8));

        assertThat(header.application()).isEqualTo("A?B?C");
        assertThat(header.facility()).hasSize(200);
    }
}
