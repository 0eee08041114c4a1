package org.yuzui.reporting.internal.submission;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Unit;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line for each indicator: {@code code,title,measure,value}; before them form, period and unit. */
final class CsvSheet {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrim(true).get();
    private static final List<String> HEAD = List.of("form", "period", "unit");

    private CsvSheet() {
    }

    static byte[] write(Form form, Period period, Unit unit, Map<String, String> filled) {
        StringBuilder text = new StringBuilder("\uFEFF"); // so that a spreadsheet takes it for UTF-8
        try (CSVPrinter out = new CSVPrinter(text, FORMAT)) {
            out.printRecord("form", form.id(), form.title().zh());
            out.printRecord("period", period);
            out.printRecord("unit", unit.code(), unit.name());
            out.printRecord("code", "指标", "计量单位", "数值");
            for (Indicator i : form.indicators()) {
                if (i.asked()) {
                    out.printRecord(i.code(), i.title().zh(), i.unit(), filled.get(i.code()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static FilledSheet read(byte[] bytes) {
        String text = decode(bytes);
        Map<String, String> head = new LinkedHashMap<>();
        Map<String, String> cells = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text), FORMAT)) {
            for (CSVRecord line : parser) {
                long at = parser.getCurrentLineNumber();
                String code = line.get(0);
                if (HEAD.contains(code)) {
                    head.put(code, line.size() > 1 ? line.get(1) : "");
                    places.put(code, "line " + at + " " + code);
                } else if (!code.equals("code")) {
                    if (cells.put(code, line.size() > 3 ? line.get(3) : "") != null) {
                        throw FilledSheet.bad("line " + at, "'" + code + "' stands here twice.");
                    }
                    places.put(code, "line " + at + " value");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw FilledSheet.bad(null, "It is not a CSV file: its quotes don't match.");
        }
        return new FilledSheet(head.get("form"), head.get("period"), head.get("unit"), cells, places);
    }

    /** Spreadsheets of this country save CSV in GB18030 unless told otherwise. */
    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("GB18030"));
        }
    }
}
