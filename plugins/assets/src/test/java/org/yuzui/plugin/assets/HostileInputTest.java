package org.yuzui.plugin.assets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.plugin.assets.TestBook.Raw;
import org.yuzui.plugin.assets.input.Findings;
import org.yuzui.sheet.Limits;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;
import org.yuzui.testkit.cases.CaseFile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** No bytes make the readers throw anything but a refusal, hang, or grow. */
@Timeout(300)
class HostileInputTest {

    private static final Limits SMALL = new Limits(1 << 20, 4 << 20, 2_000);

    /** Of the zip itself, and of the parts inside, which the zip's own checks would hide. */
    @ParameterizedTest
    @ValueSource(strings = {"cards-and-movements", "faulty-cells"})
    void brokenWorkbooksAreRefusedOrRead(String name) throws IOException {
        byte[] whole = CaseFile.bytes(Path.of("examples", name, "given.xlsx"));
        Map<String, byte[]> parts = unpack(whole);
        String[] names = parts.keySet().toArray(String[]::new);
        Random random = new Random(14885);
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            refused += isRefused(mutate(whole, random)) ? 1 : 0;
            Map<String, byte[]> broken = new LinkedHashMap<>(parts);
            broken.computeIfPresent(names[random.nextInt(names.length)], (n, b) -> mutate(b, random));
            if (random.nextInt(20) == 0) {
                broken.remove(names[random.nextInt(names.length)]);
            }
            refused += isRefused(pack(broken)) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void brokenCallsAreRefusedOrRead() throws IOException {
        byte[] whole = """
                [{"kind": "disposal", "unit": "锦江", "number": "C1", "asset": "Z1", "day": "2026-10-05", "method": "sale", "startPrice": 50000,
                  "dealPrice": 61725.5, "premium": 0.2345, "approval": "1号", "status": "valid"},
                 {"kind": "loan", "unit": "锦江", "number": "J1", "asset": "Z2", "day": "2026-10-05", "dueOn": "2026-10-06", "borrower": "测试"}]"""
                .getBytes(StandardCharsets.UTF_8);
        Calls calls = new Calls(Settings.of(new com.fasterxml.jackson.databind.ObjectMapper().readTree("{\"units\": {\"锦江\": \"510104-F01\"}}")), null);
        Random random = new Random(9457);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            Findings findings = new Findings();
            byte[] body = mutate(whole, random);
            calls.records(body, random.nextBoolean(), findings);
            refused += findings.isEmpty() ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(10_000);
        for (String body : new String[] {"", "[", "null", "[]", "7", "[[[[[[[[[[[[1]]]]]]]]]]]]", "{\"kind\":\"loan\",\"kind\":\"loan\"}", "{\"kind\":{}}",
            "{\"asset\":1e999999999}", "{\"asset\":1e99999999999}", "{\"originalValue\":1e999999999}", "{\"originalValue\":1e-999999999}", "[{}] x", "\u0000", "{\"day\":20261105}"}) {
            for (boolean cards : new boolean[] {true, false}) {
                Findings findings = new Findings();
                calls.records(body.getBytes(StandardCharsets.UTF_8), cards, findings);
                assertThat(findings.isEmpty()).as(body).isFalse();
            }
        }
    }

    @Test
    void whatHasNoEndIsRefusedBeforeItFillsTheMemory() {
        assertThat(refusal("<row><c t=\"inlineStr\"><is><t>" + "x".repeat(300_000) + "</t></is></c></row>")).isEqualTo("too-long");
        assertThat(refusal("<row a=\"" + "x".repeat(300_000) + "\"/>")).isEqualTo("too-long");
        assertThat(refusal("<a>".repeat(100))).isEqualTo("too-deep");
        assertThat(refusal("<!-- -->")).isEqualTo("markup-declaration");
        assertThat(refusal("<row><c t=\"inlineStr\"><is><t>&lol;</t></is></c></row>")).isEqualTo("bad-xml");
        assertThat(refusal("<row r=\"99999999999\"/>")).isEqualTo("bad-sheet");
        assertThat(refusal("<row r=\"5\"/><row r=\"4\"/>")).isEqualTo("bad-sheet");
        assertThat(refusal("<row><c r=\"ZZZZ1\"><v>1</v></c></row>")).isEqualTo("bad-sheet");
        assertThat(refusal("<row><c><v>NaN</v></c></row>")).isEqualTo("bad-sheet");
        assertThat(refusal("<row><c t=\"n\"><v>" + "9".repeat(30_000) + "</v></c></row>")).isEqualTo("bad-sheet");
        assertThat(WorkbookTest.refusal(new TestBook().sheet("归还", new Raw("t=\"inlineStr\"><is><t>" + "长".repeat(40_000) + "</t></is>")).bytes()))
                .isEqualTo("no-header");
        assertThat(WorkbookTest.refusal(new TestBook().sheet("归还", "x").shared("<sst>" + "<si/>".repeat(2_000_001) + "</sst>").bytes()))
                .isEqualTo("too-many-texts");
    }

    @Test
    void otherCharsetsAreNoWorkbook() throws IOException {
        Map<String, byte[]> parts = unpack(new TestBook().sheet("归还", "单号").bytes());
        String book = new String(parts.get("xl/workbook.xml"), StandardCharsets.UTF_8);
        parts.put("xl/workbook.xml", ("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + book).getBytes(StandardCharsets.UTF_16));
        assertThat(WorkbookTest.refusal(pack(parts))).isIn("charset", "bad-xml");
        parts.put("xl/workbook.xml", book.replace("归还", "\u00e9").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(WorkbookTest.refusal(pack(parts))).isEqualTo("charset");
    }

    private static String refusal(String rows) {
        Map<String, byte[]> parts = unpack(new TestBook().sheet("归还", "单号").bytes());
        parts.put("xl/worksheets/sheet0.xml", ("<worksheet><sheetData>" + rows + "</sheetData></worksheet>").getBytes(StandardCharsets.UTF_8));
        return WorkbookTest.refusal(pack(parts));
    }

    private static boolean isRefused(byte[] workbook) {
        try {
            Given.records(workbook, SMALL);
            return false;
        } catch (RefusedException e) {
            assertThat(e.code()).matches("[a-z0-9-]+");
            assertThat(e.getMessage()).isNotBlank();
            return true;
        }
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, Math.max(1, at)) : bytes;
                case 3 -> { // a piece of it again, elsewhere
                    int length = Math.min(random.nextInt(200), bytes.length - at);
                    System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length + 1), length);
                }
                default -> bytes[at] = "<>&\"'{}[],:;-0=/".getBytes(StandardCharsets.US_ASCII)[random.nextInt(16)];
            }
        }
        return bytes;
    }

    private static Map<String, byte[]> unpack(byte[] workbook) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return parts;
    }

    private static byte[] pack(Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
