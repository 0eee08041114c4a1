package org.yuzui.plugin.his.hl7;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class AcknowledgementTest {

    private final Acknowledgement acknowledgement = new Acknowledgement(
            Clock.fixed(Instant.parse("2026-11-22T00:30:00Z"), ZoneId.of("Asia/Shanghai")));

    @Test
    void theHeaderIsTheSendersTurnedRound() {
        String answer = text(acknowledgement.accepted(header("2.4"), StandardCharsets.UTF_8));

        assertThat(answer).matches("MSH\\|\\^~\\\\&\\|HUB\\^x\\|JG\\|HIS\\|SC\\^1\\.2\\^ISO\\|20261122083000\\|\\|ACK\\^A01\\^ACK"
                + "\\|Y[0-9a-z]+-1\\|P\\^T\\|2\\.4\\|\\|\\|\\|\\|\\|UNICODE UTF-8\rMSA\\|AA\\|C\\\\T\\\\1\r");
    }

    @ParameterizedTest
    @CsvSource({"2.1, ACK^A01, false", "2.3, ACK^A01, false", "2.3.1, ACK^A01^ACK, false", "2.4, ACK^A01^ACK, false",
            "2.5, ACK^A01^ACK, true", "2.5.1, ACK^A01^ACK, true", "2.7, ACK^A01^ACK, true"})
    void eachVersionIsAnsweredInItsWay(String version, String type, boolean err) {
        String answer = text(acknowledgement.refused(Optional.of(header(version)), StandardCharsets.UTF_8,
                new Refusal(Refusal.Reason.MISSING_FIELD, "PV1-19", "There is no visit number.")));

        assertThat(answer).contains("||" + type + "|").contains("|" + version + "|")
                .contains("\rMSA|AE|C\\T\\1|missing-field: There is no visit number.\r");
        assertThat(answer.contains("\rERR||PV1^1^19|101^Required field missing^HL70357|E|||missing-field|There is no visit"
                + " number.\r")).isEqualTo(err);
    }

    @Test
    void aLongReasonIsCutInMsaAndWholeInErr() {
        String reason = "很".repeat(100);
        String answer = text(acknowledgement.refused(Optional.of(header("2.5")), StandardCharsets.UTF_8, "x", null, reason));

        assertThat(answer).contains("|x: " + "很".repeat(77) + "\r").contains("|x|" + reason + "\r");
    }

    @Test
    void delimitersInAReasonAreEscapedInTheSendersWay() {
        Header odd = Header.read("MSH$%*!@$HIS$SC$$$20260302$$ADT%A01$C1$P$2.4\r".getBytes(StandardCharsets.US_ASCII));
        String answer = text(acknowledgement.refused(Optional.of(odd), StandardCharsets.UTF_8, "x", null, "5% | 6$"));

        assertThat(answer).startsWith("MSH$%*!@$").contains("\rMSA$AE$C1$x: 5!S! | 6!F!\r");
    }

    @Test
    void withoutAHeaderTheAnswerStillIsAMessage() {
        assertThat(text(acknowledgement.later(Optional.empty(), StandardCharsets.UTF_8)))
                .startsWith("MSH|^~\\&|YUZUI|").contains("||ACK|").contains("|P|2.4\rMSA|AE||try-again: ");
    }

    @Test
    void theAnswerIsWrittenInTheMessagesCharset() {
        Charset gb18030 = Charset.forName("GB18030");
        Header header = Header.read("MSH|^~\\&|医院|SC|||20260302||ADT^A01|C1|P|2.4\r".getBytes(gb18030));

        assertThat(new String(acknowledgement.accepted(header, gb18030), gb18030)).contains("|医院|SC|");
        assertThat(new String(acknowledgement.accepted(header, StandardCharsets.ISO_8859_1), gb18030))
                .as("what the charset can't hold goes back as it came").contains("|医院|SC|");
    }

    @Test
    void everyAnswerHasAnIdOfItsOwn() {
        assertThat(text(acknowledgement.accepted(header("2.4"), StandardCharsets.UTF_8)))
                .isNotEqualTo(text(acknowledgement.accepted(header("2.4"), StandardCharsets.UTF_8)));
    }

    private static Header header(String version) {
        return Header.read(("MSH|^~\\&|HIS|SC^1.2^ISO|HUB^x|JG|20260302083000||ADT^A01^ADT_A01|C\\T\\1|P^T|" + version
                + "||||||UNICODE UTF-8\r").getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8);
    }
}
