package org.yuzui.plugin.energy.meter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuzui.plugin.energy.Samples;
import org.yuzui.plugin.energy.Samples.Sample;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SampleFramesTest {

    static Stream<Sample> requests() {
        return Samples.all().stream().filter(Sample::isRequest);
    }

    static Stream<Sample> replies() {
        return Samples.all().stream().filter(s -> !s.isRequest());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aQuestionIsTheFrame(Sample sample) {
        assertThat(bare(sample.question().bytes())).isEqualTo(bare(sample.frame()));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void anAnswerIsReadOrRefused(Sample sample) {
        if (sample.expect().equals("truncated")) {
            assertThat(sample.question().find(sample.frame(), sample.frame().length)).as("more has to come").isNull();
        } else if (sample.hasValue()) {
            assertThat(sample.question().find(sample.frame(), sample.frame().length).value()).isEqualByComparingTo(new BigDecimal(sample.expect()));
        } else {
            assertThat(catchThrowableOfType(BadReply.class, () -> sample.question().find(sample.frame(), sample.frame().length)).code())
                    .isEqualTo(sample.expect());
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void anAnswerThatDripsIsTheSame(Sample sample) {
        if (sample.hasValue()) {
            Reply reply = null;
            for (int length = 1; length <= sample.frame().length; length++) {
                assertThat(reply).as("not before it is whole").isNull();
                reply = sample.question().find(sample.frame(), length);
            }
            assertThat(reply.value()).isEqualByComparingTo(new BigDecimal(sample.expect()));
        }
    }

    private static String bare(byte[] frame) {
        return HexFormat.of().formatHex(frame).replaceFirst("^(fe)+", "");
    }
}
