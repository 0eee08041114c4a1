package org.yuzui.plugin.finance;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.yuzui.plugin.finance.file.Row;
import org.yuzui.plugin.finance.file.Rows;
import org.yuzui.plugin.finance.ledger.Ledger;
import org.yuzui.plugin.finance.ledger.LedgerRecords;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What a row of a ledger costs, in microseconds. Its name keeps it out of the build; see distribution/bench/README.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecoderBenchmark {

    private static final int VOUCHERS = 2_000;
    private static final int ROWS = 2 * VOUCHERS;
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final byte[] utf8 = xml("UTF-8").getBytes(StandardCharsets.UTF_8);
    private final byte[] gb18030 = xml("GB18030").getBytes(GB18030);
    private final byte[] json = json().getBytes(StandardCharsets.UTF_8);
    private final Ledger ledger = check();

    private static String xml(String encoding) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n<总账>\n");
        text.append("  <会计科目><科目编号>1002</科目编号><科目名称>银行存款</科目名称><科目级次>1</科目级次></会计科目>\n");
        text.append("  <会计科目><科目编号>5001</科目编号><科目名称>电费</科目名称><科目级次>1</科目级次></会计科目>\n");
        for (int i = 0; i < ROWS; i++) {
            text.append("  <记账凭证>\n");
            fields(i, (name, value) -> text.append("    <").append(name).append('>').append(value).append("</").append(name).append(">\n"));
            text.append("  </记账凭证>\n");
        }
        return text.append("</总账>\n").toString();
    }

    private static String json() {
        StringBuilder text = new StringBuilder("{\"总账\": {\"会计科目\": [{\"科目编号\": \"1002\", \"科目名称\": \"银行存款\", \"科目级次\": 1}, "
                + "{\"科目编号\": \"5001\", \"科目名称\": \"电费\", \"科目级次\": 1}], \"记账凭证\": [");
        for (int i = 0; i < ROWS; i++) {
            text.append(i == 0 ? "\n  {" : ",\n  {");
            int begin = text.length();
            fields(i, (name, value) -> text.append(text.length() == begin ? "" : ", ").append('"').append(name).append("\": \"")
                    .append(value).append('"'));
            text.append('}');
        }
        return text.append("]}}").toString();
    }

    private static void fields(int row, java.util.function.BiConsumer<String, String> field) {
        boolean debit = row % 2 == 0;
        String[] all = {"记账凭证日期", "20240115", "会计年度", "2024", "会计期间号", "1", "记账凭证类型编号", "记", "记账凭证编号", Integer.toString(row / 2 + 1),
            "记账凭证行号", debit ? "1" : "2", "记账凭证摘要", "付一月份电费", "科目编号", debit ? "5001" : "1002", "币种编码", "CNY",
            "借方本币金额", debit ? "3808.98" : "0.00", "贷方本币金额", debit ? "0.00" : "3808.98", "附件数", "1", "制单人", "测试甲", "审核人", "测试乙",
            "记账人", "测试丙", "记账标志", "1", "作废标志", "0"};
        for (int i = 0; i < all.length; i += 2) {
            field.accept(all[i], all[i + 1]);
        }
    }

    private Ledger check() {
        try {
            return Files24589.check(utf8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int read(byte[] bytes) throws IOException {
        int count = 0;
        try (Rows rows = Files24589.open(new ByteArrayInputStream(bytes))) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                count += row.line();
            }
        }
        return count;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object rowOfXmlUtf8() throws IOException {
        return read(utf8);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object rowOfXmlGb18030() throws IOException {
        return read(gb18030);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object rowOfJson() throws IOException {
        return read(json);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object rowChecked() throws IOException {
        return Files24589.check(utf8);
    }

    @Benchmark
    @OperationsPerInvocation(VOUCHERS)
    public Object voucherOf2Rows() throws IOException {
        int count = 0;
        try (Rows rows = Files24589.open(new ByteArrayInputStream(utf8))) {
            for (LedgerRecords chunks = new LedgerRecords(new Book("001", "510104-F01"), ledger, rows); chunks.hasNext(); ) {
                count += chunks.next().records().size();
            }
        }
        return count;
    }

    @Test
    void measure() throws Exception {
        new Runner(new OptionsBuilder().include(DecoderBenchmark.class.getName()).forks(0)
                .warmupIterations(2).warmupTime(TimeValue.seconds(1))
                .measurementIterations(3).measurementTime(TimeValue.seconds(1)).build()).run();
    }
}
