package org.yuzui.plugin.finance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.plugin.finance.asset.AssetFile;
import org.yuzui.plugin.finance.asset.AssetRecords;
import org.yuzui.plugin.finance.budget.BudgetRows;
import org.yuzui.plugin.finance.file.BadFile;
import org.yuzui.plugin.finance.file.Rows;
import org.yuzui.spi.RefusedException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** No bytes make a reader throw anything but a refusal, hang, or reach beyond the file. */
@Timeout(300)
class HostileInputTest {

    private static final int ROUNDS = 3_000;
    private static final String LAUGHS = "<?xml version=\"1.0\"?><!DOCTYPE 总账 [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><总账><会计科目><科目名称>&c;</科目名称></会计科目></总账>";

    @ParameterizedTest
    @ValueSource(strings = {"ledger/given.xml", "ledger-gb18030/given.xml", "ledger-2024-json/given.json", "budget/given.json", "public/given.xml",
        "assets/given.xml", "assets-json/given.json"})
    void brokenFilesAreRefusedOrRead(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("examples", name));
        Random random = new Random(24589);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            refused += isRefused(mutate(whole, random)) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(ROUNDS / 4);
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1, at));
                case 3 -> { // a piece of it again, elsewhere
                    int length = Math.min(random.nextInt(200), bytes.length - at);
                    System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length + 1), length);
                }
                default -> bytes[at] = "<>&\"'{}[],:;-0".getBytes(StandardCharsets.US_ASCII)[random.nextInt(14)];
            }
        }
        return bytes;
    }

    /** Any other exception ends the test. */
    private static boolean isRefused(byte[] bytes) throws IOException {
        try {
            String document;
            try (Rows rows = Files24589.open(new ByteArrayInputStream(bytes))) {
                rows.next();
                document = rows.document();
            }
            if (document.equals("ledger")) {
                Files24589.records(bytes);
            } else if (document.equals("assets")) {
                AssetFile file;
                try (Rows rows = Files24589.open(new ByteArrayInputStream(bytes))) {
                    file = AssetFile.check(rows);
                }
                try (Rows rows = Files24589.open(new ByteArrayInputStream(bytes))) {
                    AssetRecords.of(new Book("1", "u"), file, Files24589.MAPPING, rows).forEachRemaining(c -> { });
                }
            } else {
                try (Rows rows = Files24589.open(new ByteArrayInputStream(bytes))) {
                    if (document.equals("public")) {
                        org.yuzui.plugin.finance.ledger.PublicFile.check(new Book("1", "u"), rows);
                    } else {
                        BudgetRows.check(Map.of("510104001", "510104-F01"), rows);
                    }
                }
            }
            return false;
        } catch (RefusedException e) {
            assertThat(e.code()).matches("[a-z0-9-]+");
            assertThat(e.getMessage()).isNotBlank();
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LAUGHS, "<!DOCTYPE 总账 SYSTEM \"http://127.0.0.1:1/x.dtd\"><总账/>",
        "<!DOCTYPE 总账 [<!ENTITY % p SYSTEM \"file:///etc/passwd\">%p;]><总账/>"})
    void aDocumentTypeIsRefused(String xml) {
        refused(xml, "dtd");
    }

    @Test
    void whatHasNoEndIsRefusedBeforeItFillsTheMemory() {
        refused("<总账><!--" + " >".repeat(1_000_000) + "--></总账>", "too-long");
        refused("<总账 a=\"" + "x".repeat(2_000_000) + "\"/>", "too-long");
        refused("<总账><会计科目><科目名称>" + "长".repeat(5_000) + "</科目名称></会计科目></总账>", "too-long");
        refused("<总账>" + "<a>".repeat(100) + "</总账>", "too-deep");
        refused("{\"总账\":{\"会计科目\":[{\"科目名称\":\"" + "x".repeat(5_000) + "\"}]}}", "too-long");
        refused("[".repeat(100_000), "unknown-document");
        refused("", "unknown-format");
        refused("hello", "unknown-format");
        refused("<html/>", "unknown-document");
        refused("<总账>&nbsp;</总账>", "entity");
    }

    @Test
    void aCharsetThatTheBytesBelieIsRefused() {
        String ledger = Files24589.ledger();
        refused(ledger.getBytes(Charset.forName("GB18030")), "charset");
        refused(ledger.replace("UTF-8", "GB18030").getBytes(StandardCharsets.UTF_8), "charset");
        refused(ledger.replace("UTF-8", "BIG5").getBytes(StandardCharsets.UTF_8), "charset");
        refused(ledger.getBytes(StandardCharsets.UTF_16), "charset");
        refused(ledger.getBytes(StandardCharsets.UTF_16LE), "charset");
        refused(("\uFEFF" + ledger.replace("UTF-8", "GB18030")).getBytes(StandardCharsets.UTF_8), "charset");
    }

    private static void refused(String text, String code) {
        refused(text.getBytes(StandardCharsets.UTF_8), code);
    }

    private static void refused(byte[] bytes, String code) {
        assertThatThrownBy(() -> Files24589.check(bytes)).isInstanceOfSatisfying(BadFile.class,
                e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }
}
