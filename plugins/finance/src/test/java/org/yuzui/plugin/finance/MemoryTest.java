package org.yuzui.plugin.finance;

import org.junit.jupiter.api.Test;
import org.yuzui.plugin.finance.file.Rows;
import org.yuzui.plugin.finance.ledger.Ledger;
import org.yuzui.plugin.finance.ledger.LedgerRecords;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A ledger of 200 MB is checked and made into records by a process with 48 MB of heap. */
class MemoryTest {

    private static final int VOUCHERS = 180_000;

    @Test
    void aLargeLedgerTakesLittleMemory() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), MemoryTest.class.getName()).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(said).matches("read \\d+ MB twice, " + VOUCHERS + " vouchers");
            assertThat(Integer.parseInt(said.split(" ")[1])).isGreaterThanOrEqualTo(200);
        } finally {
            process.destroyForcibly();
        }
    }

    /** In the process with the small heap. */
    public static void main(String[] args) throws IOException {
        Ledger ledger;
        Endless bytes = new Endless();
        try (Rows rows = Files24589.open(bytes)) {
            ledger = Ledger.check(rows, Files24589.RULES);
        }
        long vouchers = 0;
        try (Rows rows = Files24589.open(new Endless())) {
            for (LedgerRecords chunks = new LedgerRecords(new Book("001", "510104-F01"), ledger, rows); chunks.hasNext(); ) {
                Chunk chunk = chunks.next();
                vouchers += chunk.contract().equals(Chunk.VOUCHER) ? chunk.records().size() : 0;
            }
        }
        System.out.println("read " + bytes.given / 1_000_000 + " MB twice, " + vouchers + " vouchers");
    }

    /** A balanced ledger that is made while it is read: one yuan a voucher. */
    private static final class Endless extends InputStream {

        private static final String LINE = "  <记账凭证><记账凭证日期>20240115</记账凭证日期><会计年度>2024</会计年度><会计期间号>1</会计期间号>"
                + "<记账凭证类型编号>记</记账凭证类型编号><记账凭证编号>%d</记账凭证编号><记账凭证行号>%d</记账凭证行号><记账凭证摘要>付电费</记账凭证摘要>"
                + "<科目编号>%s</科目编号><借方原币金额>%s</借方原币金额><借方本币金额>%s</借方本币金额><贷方本币金额>%s</贷方本币金额><附件数>1</附件数><制单人>甲</制单人>"
                + "<审核人>乙</审核人><记账人>丙</记账人><记账标志>1</记账标志><作废标志>0</作废标志></记账凭证>\n";
        private byte[] part = head();
        private int at;
        private int next = 1;
        private long given;

        private static byte[] head() {
            StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<总账>\n");
            for (String account : new String[] {"1002", "5001"}) {
                text.append("<会计科目><科目编号>").append(account).append("</科目编号><科目名称>电费</科目名称><科目级次>1</科目级次></会计科目>\n");
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (at == part.length && !refill()) {
                return -1;
            }
            int n = Math.min(length, part.length - at);
            System.arraycopy(part, at, bytes, offset, n);
            at += n;
            given += n;
            return n;
        }

        private boolean refill() {
            at = 0;
            if (next > VOUCHERS) {
                part = next++ == VOUCHERS + 1 ? "</总账>".getBytes(StandardCharsets.UTF_8) : new byte[0];
                return part.length > 0;
            }
            part = (LINE.formatted(next, 1, "5001", "1.00", "1.00", "0.00") + LINE.formatted(next, 2, "1002", "0.00", "0.00", "1.00"))
                    .getBytes(StandardCharsets.UTF_8);
            next++;
            return true;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }
    }
}
