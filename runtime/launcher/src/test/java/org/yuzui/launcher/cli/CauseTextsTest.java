package org.yuzui.launcher.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Problem;

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

/** That whoever reads Chinese is told in Chinese why a record stopped, and what is wrong with the hub or with a call. */
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

    /** What says a problem says its code first, or right after the place. */
    private static final List<Pattern> PROBLEMS = List.of(
            Pattern.compile("\\b(?:Problem|[pP]roblem|Problem\\.of|Refusal\\.\\w+|complain|complaint\\.of|Mistake|refusal)\\(\\s*"
                    + "\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\"\\s*,"),
            Pattern.compile("\\badd\\(yaml, \\w+, \"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\"\\s*,"),
            Pattern.compile("DMNMessageType\\.\\w+, \"([a-z-]+)\""));
    /** A code that has a name in its class. */
    private static final Pattern NAMED = Pattern.compile("new Problem\\(([A-Z_]+),");

    @Test
    void everyCodeThatARecordCanStopWithHasAChineseText() throws IOException {
        CauseTexts texts = new CauseTexts();
        Map<String, String> codes = codes(SAID);
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

    @Test
    void everyCodeOfAProblemHasAChineseText() throws IOException {
        CauseTexts texts = new CauseTexts();
        Map<String, String> codes = codes(PROBLEMS);
        for (Path file : sources()) {
            String source = Files.readString(file);
            NAMED.matcher(source).results().forEach(m -> Pattern.compile(m.group(1) + " = \"([a-z-]+)\"").matcher(source).results()
                    .forEach(code -> codes.put(code.group(1), file.toString())));
        }
        assertThat(codes).hasSizeGreaterThan(280).containsKeys("port-in-use", "bad-private-key", "unknown-level", "duplicate-route", "table-gap");

        codes.keySet().removeIf(code -> texts.say(Problem.of(code, "What nobody has a sentence for.")).matches(".+（What .*）"));
        assertThat(codes).as("codes without a text in causes.zh.json, and where they are said").isEmpty();
    }

    private static Map<String, String> codes(List<Pattern> patterns) throws IOException {
        Map<String, String> codes = new TreeMap<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            patterns.forEach(said -> said.matcher(source).results().forEach(m -> codes.put(m.group(1), file.toString())));
        }
        return codes;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> plugins = Files.walk(ROOT.resolve("plugins")); Stream<Path> runtime = Files.walk(ROOT.resolve("runtime"))) {
            return Stream.concat(plugins, runtime).filter(CauseTextsTest::isSource).toList();
        }
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && path.contains("/src/main/java/") && !path.contains("/target/") && !path.contains("/archetype/")
                && !path.contains("/runtime/spi/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "voucher-unbalanced | line 501 记账凭证: The file is refused whole, 1 finding: Voucher 记-5 of 2026-10: debit 17023.59 is not credit 17022.59. Correct it in the accounts and export again. | 第 501 行 记账凭证：整份被拒，共 1 处：2026-10 凭证 记-5 借方 17023.59 不等于贷方 17022.59。请在账务中改正后重新导出。",
            "tries-used-up | It failed 3 times, at last: out/bureau/1-2.json: Not a directory | 已尝试 3 次，最后一次：out/bureau/1-2.json：不是文件夹",
            "contract-violation | /patient/name: his.visit.v1: /patient/name is missing.; /bed must have at most 20 characters.; /class must be one of inpatient, outpatient. | /patient/name: his.visit.v1: /patient/name 缺失。; /bed 最多 20 个字符。; /class 应为以下之一：inpatient, outpatient。",
            "rule-violated | night: vehicle.dispatch.v1: night – 夜间用车须有批准。 / At night somebody has to approve it. | night: vehicle.dispatch.v1: night – 夜间用车须有批准。",
            "SocketTimeoutException | Read timed out | 等待应答超时",
            "ConnectException | It failed 3 times, at last: Connection reset by peer | 已尝试 3 次，最后一次：连接被对方重置",
            "store-unreachable | The database can't be reached now. | 暂时无法连接数据库",
            "checksum | properties: Something that nobody has a sentence for. | properties：校验码不符",
            "bad-day | 2096-01-01: 名册日期尚未到来，或年份有误。/ The roster has a day that has not come. | 2096-01-01: 名册日期尚未到来，或年份有误。",
            "other-vendors | What that plugin says about it. | What that plugin says about it."})
    void aCauseIsSaidInChineseAsFarAsItsSentenceIsKnown(String code, String cause, String said) {
        assertThat(new CauseTexts().say(code, cause)).isEqualTo(said);
    }

    @Test
    void aProblemIsSaidWithWhatWasSaidBehindItUnlessAllOfItIsKnown() {
        CauseTexts texts = new CauseTexts();

        assertThat(texts.say(new Problem("bad-value", "config/hub.yaml:12 ledger.cipher", "'des' is not a cipher for what is kept.", "Write aes-gcm or sm4-gcm.")))
                .isEqualTo("config/hub.yaml:12 ledger.cipher：值不正确。（'des' is not a cipher for what is kept. Write aes-gcm or sm4-gcm.）");
        assertThat(texts.say(new Problem("unreachable", "plugin his", "The route 'send' can't reach tcp://10.0.0.7:9: Connection refused.",
                "It goes on by itself when that can be reached again; check the address, the line and the system there.")))
                .isEqualTo("plugin his：路由“send”无法连接 tcp://10.0.0.7:9：连接被拒绝。恢复可达后自动继续；请检查地址、线路和对方系统。");
        assertThat(texts.say(new Problem("from-another-vendor", null, "What that plugin says about it.", null)))
                .isEqualTo("What that plugin says about it.");
    }
}
