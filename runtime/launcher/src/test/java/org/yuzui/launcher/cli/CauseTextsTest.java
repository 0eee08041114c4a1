package org.yuzui.launcher.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** That whoever reads Chinese is told in Chinese why a record stopped. */
class CauseTextsTest {

    private static final Path ROOT = Path.of("../..");
    /** What refuses a message, a record or a file says its code first. */
    private static final List<Pattern> SAID = List.of(
            Pattern.compile("new (?:RefusedException|BadFile|Finding|BadWorkbook|BadSheet)\\(\\s*\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\""),
            Pattern.compile("(?:row|rows|head|line)\\.bad\\(\\s*\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\""),
            Pattern.compile("findings\\.add\\(\\s*\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\""));
    /** Whose names, in kebab-case, are codes; or whose first argument is one. */
    private static final Map<String, Pattern> LISTED = Map.of(
            "plugins/hr/src/main/java/org/yuzui/plugin/hr/roster/Fault.java", Pattern.compile("(?m)^    ([A-Z][A-Z_]+)\\("),
            "plugins/energy/src/main/java/org/yuzui/plugin/energy/meter/BadReply.java", Pattern.compile("(?m)^        ([A-Z][A-Z_]+),?$"),
            "plugins/vehicle/src/main/java/org/yuzui/plugin/vehicle/wire/BadMessage.java", Pattern.compile("(?m)^        ([A-Z][A-Z_]+),?$"),
            "plugins/his/src/main/java/org/yuzui/plugin/his/hl7/Refusal.java", Pattern.compile("(?m)^        [A-Z][A-Z_]+\\(\"([a-z-]+)\""),
            "plugins/his/src/main/java/org/yuzui/plugin/his/mllp/Fault.java", Pattern.compile("(?m)^    [A-Z][A-Z_]+\\(\"([a-z-]+)\""));

    @Test
    void everyCodeThatARecordCanStopWithHasAChineseText() throws IOException {
        CauseTexts texts = new CauseTexts();
        Map<String, String> codes = new TreeMap<>();
        try (Stream<Path> plugins = Files.walk(ROOT.resolve("plugins")); Stream<Path> runtime = Files.walk(ROOT.resolve("runtime"))) {
            for (Path file : Stream.concat(plugins, runtime).filter(CauseTextsTest::isSource).toList()) {
                String source = Files.readString(file);
                SAID.forEach(said -> said.matcher(source).results().forEach(m -> codes.put(m.group(1), file.toString())));
            }
        }
        for (Map.Entry<String, Pattern> listed : LISTED.entrySet()) {
            List<String> found = listed.getValue().matcher(Files.readString(ROOT.resolve(listed.getKey()))).results()
                    .map(m -> m.group(1).toLowerCase(Locale.ROOT).replace('_', '-')).toList();
            assertThat(found).as(listed.getKey()).hasSizeGreaterThan(3);
            found.forEach(code -> codes.put(code, listed.getKey()));
        }
        codes.put("contract-violation", "contracts");
        codes.put("rule-violated", "records");
        codes.put("tries-used-up", "records");
        assertThat(codes).hasSizeGreaterThan(120);

        codes.keySet().removeIf(code -> !texts.say(code, "What nobody has a sentence for.").equals("What nobody has a sentence for."));
        assertThat(codes).as("codes without a text in causes.zh.json, and where they are said").isEmpty();
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && path.contains("/src/main/java/") && !path.contains("/target/") && !path.contains("/archetype/")
                && !path.contains("/runtime/spi/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "voucher-unbalanced | line 501 记账凭证: The file is refused whole, 1 finding: Voucher 记-5 of 2026-10: debit 17023.59 is not credit 17022.59. Correct it in the accounts and export again. | line 501 记账凭证: 整份被拒，共 1 处：2026-10 凭证 记-5 借方 17023.59 不等于贷方 17022.59。请在账务中改正后重新导出。",
            "tries-used-up | It failed 3 times, at last: out/bureau/1-2.json: Not a directory | 已尝试 3 次，最后一次：out/bureau/1-2.json：不是文件夹",
            "checksum | properties: Something that nobody has a sentence for. | properties：校验码不符",
            "bad-day | 2096-01-01: 名册日期尚未到来，或年份有误。/ The roster has a day that has not come. | 2096-01-01: 名册日期尚未到来，或年份有误。",
            "other-vendors | What that plugin says about it. | What that plugin says about it."})
    void aCauseIsSaidInChineseAsFarAsItsSentenceIsKnown(String code, String cause, String said) {
        assertThat(new CauseTexts().say(code, cause)).isEqualTo(said);
    }
}
