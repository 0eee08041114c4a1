package org.yuzui.plugin.hr;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.code.IdNumber;
import org.yuzui.plugin.hr.roster.Headings;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.plugin.hr.sheet.Sheet;
import org.yuzui.plugin.hr.sheet.SheetFile;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What reading a roster of 1,000 people costs, in microseconds. Its name keeps it out of the build; see distribution/bench/README.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecoderBenchmark {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private final RosterSheet.Terms terms = new RosterSheet.Terms(new Headings(Map.of()), CodeTables.load(null), null, i -> Optional.empty());
    private final RosterSheet.Terms keyed = new RosterSheet.Terms(terms.headings(), terms.codes(), null, new Pseudonyms("a-key-of-a-test-0123")::of);
    private Path workbook;
    private Path utf8;
    private Path gb18030;

    @Setup
    public void files() throws IOException {
        workbook = file(Book.rows(true, People.roster(1, 1_000)).bytes());
        utf8 = file(People.csv(People.roster(1, 1_000)).getBytes(StandardCharsets.UTF_8));
        gb18030 = file(People.csv(People.roster(1, 1_000)).getBytes(Charset.forName("GB18030")));
    }

    @TearDown
    public void away() throws IOException {
        for (Path file : new Path[] {workbook, utf8, gb18030}) {
            Files.delete(file);
        }
    }

    private static Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile("roster", ""), bytes);
    }

    private Object read(Path file, RosterSheet.Terms as) throws IOException {
        try (Sheet sheet = SheetFile.open(file, null)) {
            return RosterSheet.read(sheet, as, "u", DAY);
        }
    }

    @Benchmark
    public Object workbookOf1000() throws IOException {
        return read(workbook, terms);
    }

    @Benchmark
    public Object csvUtf8Of1000() throws IOException {
        return read(utf8, terms);
    }

    @Benchmark
    public Object csvGb18030Of1000() throws IOException {
        return read(gb18030, terms);
    }

    @Benchmark
    public Object csvOf1000WithPseudonyms() throws IOException {
        return read(utf8, keyed);
    }

    @Benchmark
    public Object identityNumber() throws IdNumber.Invalid {
        return IdNumber.parse("510104199001010019", DAY);
    }

    @Test
    void measure() throws Exception {
        new Runner(new OptionsBuilder().include(DecoderBenchmark.class.getName()).forks(0).warmupIterations(3).warmupTime(TimeValue.seconds(1))
                .measurementIterations(5).measurementTime(TimeValue.seconds(1)).shouldFailOnError(true).build()).run();
    }
}
