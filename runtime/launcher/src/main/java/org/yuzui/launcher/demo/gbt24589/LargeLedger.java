package org.yuzui.launcher.demo.gbt24589;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;

/**
 * A ledger of a year in order, as large as is asked for: voucher after voucher of two to ten lines, made while it is written, so that
 * it takes no memory. The same size gives the same file.
 */
public final class LargeLedger {

    private static final int MONTHS = 12;
    private static final int ACCOUNTS = 300;
    private static final int MOST_LINES = 10;
    private static final int SAMPLE = 2_000;
    private static final long OPENING = 1_000_000_000_000L;

    private final int year;
    private final long vouchers;
    /** Cents by month and account of expense. */
    private final long[][] spent = new long[MONTHS][ACCOUNTS];
    private long rows;

    private LargeLedger(int year, long vouchers) {
        this.year = year;
        this.vouchers = vouchers;
        for (long v = 0; v < vouchers; v++) {
            for (int line = 1; line < lines(v); line++) {
                spent[month(v)][account(v, line)] += cents(v, line);
            }
        }
    }

    /**
     * Writes one of about that many bytes in UTF-8, whole or not at all.
     *
     * @return what is in it
     */
    public static Content write(Path file, int year, long bytes) throws IOException {
        Counter counter = new Counter();
        for (long v = 0; v < SAMPLE; v++) {
            new LargeLedger(year, 1).voucher(v, counter);
        }
        LargeLedger ledger = new LargeLedger(year, Math.max(MONTHS, bytes * SAMPLE / counter.bytes));
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.createDirectories(part.toAbsolutePath().getParent());
        try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            ledger.write(out);
        }
        Content content = new Content(Files.size(part), ledger.rows, ledger.vouchers);
        Files.move(part, file);
        return content;
    }

    /** @param rows of all tables */
    public record Content(long bytes, long rows, long vouchers) {
    }

    private void write(Writer out) throws IOException {
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<总账>\n");
        row(out, "总账基础信息", "会计科目编号规则", "4-4");
        row(out, "会计科目", "科目编号", "1002", "科目名称", "银行存款", "科目级次", "1");
        row(out, "会计科目", "科目编号", "3001", "科目名称", "累计盈余", "科目级次", "1");
        row(out, "会计科目", "科目编号", "5001", "科目名称", "业务活动费用", "科目级次", "1");
        for (int a = 0; a < ACCOUNTS; a++) {
            row(out, "会计科目", "科目编号", code(a), "科目名称", a % 3 == 0 ? "电费" : a % 3 == 1 ? "办公费" : "差旅费", "科目级次", "2");
        }
        long[] before = new long[ACCOUNTS];
        for (int m = 0; m < MONTHS; m++) {
            long all = sum(spent[m]);
            long allBefore = sum(before);
            balance(out, m, "1002", OPENING - allBefore, 0, all);
            balance(out, m, "3001", -OPENING, 0, 0);
            balance(out, m, "5001", allBefore, all, 0);
            for (int a = 0; a < ACCOUNTS; a++) {
                balance(out, m, code(a), before[a], spent[m][a], 0);
                before[a] += spent[m][a];
            }
        }
        for (long v = 0; v < vouchers; v++) {
            voucher(v, out);
        }
        out.write("</总账>\n");
    }

    private void balance(Writer out, int month, String account, long opening, long debit, long credit) throws IOException {
        long closing = opening + debit - credit;
        row(out, "科目余额及发生额", "科目编号", account, "期初余额方向", opening < 0 ? "贷" : "借", "期末余额方向", closing < 0 ? "贷" : "借",
                "币种编码", "CNY", "会计年度", Integer.toString(year), "会计期间号", Integer.toString(month + 1), "期初本币余额", money(Math.abs(opening)),
                "借方本币金额", money(debit), "贷方本币金额", money(credit), "期末本币余额", money(Math.abs(closing)));
    }

    private void voucher(long v, Writer out) {
        try {
            long all = 0;
            for (int line = 1; line < lines(v); line++) {
                all += cents(v, line);
                line(v, line, code(account(v, line)), money(cents(v, line)), "0.00", out);
            }
            line(v, lines(v), "1002", "0.00", money(all), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(long v, int line, String account, String debit, String credit, Writer out) throws IOException {
        String day = YearMonth.of(year, month(v) + 1).atDay(1 + (int) (v % 28)).format(java.time.format.DateTimeFormatter.BASIC_ISO_DATE);
        row(out, "记账凭证", "记账凭证日期", day, "会计年度", Integer.toString(year), "会计期间号", Integer.toString(month(v) + 1),
                "记账凭证类型编号", "记", "记账凭证编号", Long.toString(v + 1), "记账凭证行号", Integer.toString(line), "记账凭证摘要", "付款及报销",
                "科目编号", account, "币种编码", "CNY", "借方本币金额", debit, "贷方本币金额", credit, "附件数", "1", "制单人", "测试甲",
                "审核人", "测试乙", "记账人", "测试丙", "记账标志", "1", "作废标志", "0");
    }

    private void row(Writer out, String table, String... namesAndValues) throws IOException {
        rows++;
        out.append("  <").append(table).append(">\n");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.append("    <").append(namesAndValues[i]).append('>').append(namesAndValues[i + 1]).append("</").append(namesAndValues[i])
                    .append(">\n");
        }
        out.append("  </").append(table).append(">\n");
    }

    private int month(long v) {
        return (int) Math.min(MONTHS - 1, v * MONTHS / vouchers);
    }

    private static int lines(long v) {
        return 2 + (int) (v * 7 % (MOST_LINES - 1));
    }

    private static int account(long v, int line) {
        return (int) ((v * 31 + line * 17L) % ACCOUNTS);
    }

    private static long cents(long v, int line) {
        return 100 + (v * 13 + line * 101L) % 90_000;
    }

    private static String code(int account) {
        return "5001" + String.valueOf(10_000 + account).substring(1);
    }

    private static String money(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    private static long sum(long[] cents) {
        long sum = 0;
        for (long c : cents) {
            sum += c;
        }
        return sum;
    }

    /** Takes in only how much it would be. */
    private static final class Counter extends Writer {

        private static final Charset UTF_8 = StandardCharsets.UTF_8;
        private long bytes;

        @Override
        public void write(char[] chars, int offset, int length) {
            bytes += new String(chars, offset, length).getBytes(UTF_8).length;
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
