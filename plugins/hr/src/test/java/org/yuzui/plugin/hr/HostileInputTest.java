package org.yuzui.plugin.hr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.roster.Headings;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.plugin.hr.sheet.Sheet;
import org.yuzui.plugin.hr.sheet.SheetFile;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

/** No bytes make a reader throw anything but a refusal, or hang. */
@Timeout(300)
class HostileInputTest {

    private static final int ROUNDS = 1_500;
    private static final Headings HEADINGS = new Headings(Map.of());
    private static final CodeTables CODES = CodeTables.load(null);

    @TempDir
    Path folder;
    private final Random random = new Random(20261128);
    private int read;
    private int refused;

    @Test
    void brokenWorkbooksAreRefusedOrRead() throws IOException {
        byte[] sound = Book.rows(true, People.roster(1, 5)).bytes();
        for (int i = 0; i < ROUNDS; i++) {
            give(mutated(sound));
        }
        assertThat(refused).isGreaterThan(ROUNDS / 3);
    }

    /** Mutations of the zip seldom reach the XML: here the XML is broken, and the zip is sound. */
    @Test
    void brokenPartsOfWorkbooksAreRefusedOrRead() throws IOException {
        String row = "<row r=\"1\" hidden=\"0\"><c r=\"A1\" t=\"inlineStr\"><is><r><t>工号</t></r><rPh><t>x</t></rPh></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>姓名</t></is></c>"
                + "<c r=\"C1\" t=\"inlineStr\"><is><t>人员类别</t></is></c></row><row r=\"2\"><c r=\"A2\" s=\"2\"><v>12</v></c><c r=\"B2\" t=\"str\"><f>A1</f><v>示例</v></c>"
                + "<c r=\"C2\" s=\"1\"><v>45000.5</v></c></row>";
        String sheet = "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData>" + row
                + "</sheetData><mergeCells><mergeCell ref=\"A2:B3\"/></mergeCells></worksheet>";
        for (int i = 0; i < ROUNDS; i++) {
            String xml = new String(mutated(sheet.getBytes(StandardCharsets.UTF_8)), i % 2 == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
            give(Book.of("").part("xl/worksheets/sheet1.xml", xml).bytes());
        }
        assertThat(refused).isGreaterThan(ROUNDS / 3);
    }

    @Test
    void brokenTextsAreRefusedOrRead() throws IOException {
        String csv = People.csv(People.roster(1, 5)).replace("示例2", "\"示\"\"例,2\"");
        for (Charset charset : new Charset[] {StandardCharsets.UTF_8, Charset.forName("GB18030")}) {
            byte[] sound = csv.getBytes(charset);
            for (int i = 0; i < ROUNDS; i++) {
                give(mutated(sound));
            }
        }
        assertThat(refused).isGreaterThan(ROUNDS / 3);
        assertThat(read).isPositive();
    }

    @Test
    void noiseIsRefused() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            give(noise);
        }
        assertThat(read).isZero();
    }

    private byte[] mutated(byte[] sound) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(at, 1));
                case 3 -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
                default -> bytes[at] = "<>&\"',=0\r\n-".getBytes(StandardCharsets.US_ASCII)[random.nextInt(11)];
            }
        }
        return bytes;
    }

    private void give(byte[] bytes) throws IOException {
        Path file = folder.resolve("roster");
        Files.write(file, bytes);
        try (Sheet sheet = SheetFile.open(file, null)) {
            RosterSheet.read(sheet, new RosterSheet.Terms(HEADINGS, CODES, null, i -> Optional.empty()), "u", LocalDate.of(2026, 11, 20));
            read++;
        } catch (RefusedException e) {
            refused++;
            assertThat(e.code()).matches("[a-z-]+");
        } catch (RuntimeException | IOException e) {
            fail("A file of " + bytes.length + " bytes: " + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
    }
}
