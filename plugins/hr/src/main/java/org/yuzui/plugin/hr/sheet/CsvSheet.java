package org.yuzui.plugin.hr.sheet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** CSV by RFC 4180: commas, quotes doubled within quotes, lines that end with CR LF, LF or CR. */
final class CsvSheet implements Sheet {

    private static final int END = -1;

    private final Reader reader;
    private int line = 1;
    private int ahead = -2;

    private CsvSheet(Reader reader) {
        this.reader = reader;
    }

    static CsvSheet open(Path file) throws IOException {
        TextCharset.Found found = TextCharset.of(file);
        InputStream in = Files.newInputStream(file);
        try {
            in.skipNBytes(found.skip());
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return new CsvSheet(new InputStreamReader(new BufferedInputStream(in, 1 << 16), found.charset().newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    @Override
    public Line next() throws IOException {
        try {
            while (true) {
                if (peek() == END) {
                    return null;
                }
                Line row = row();
                for (Cell cell : row.cells()) {
                    if (!cell.isEmpty()) {
                        return row;
                    }
                }
            }
        } catch (CharacterCodingException e) {
            throw new BadSheet("charset", "line " + line, "此处的字节既不是 UTF-8 也不是 GB18030。/ The bytes here are neither UTF-8 nor GB18030. "
                    + "Export the file in one of them.");
        }
    }

    private Line row() throws IOException {
        int number = line;
        List<Cell> cells = new ArrayList<>();
        while (true) {
            String text = peek() == '"' ? quoted() : plain();
            if (cells.size() == MOST_COLUMNS) {
                throw bad("too-wide", "一行超过 300 列。/ A row has more than 300 columns. Is it separated by commas, and are texts with commas in quotes?");
            }
            cells.add(cell(text));
            int c = read();
            if (c == ',') {
                continue;
            }
            if (c == '\r' || c == '\n' || c == END) {
                if (c == '\r' && peek() == '\n') {
                    read();
                }
                line += c == END ? 0 : 1;
                return new Line(number, cells.toArray(Cell[]::new), false);
            }
            throw bad("not-csv", "引号之后只能是逗号或行尾。/ Behind a closing quote stands something else than a comma or the end of the line.");
        }
    }

    /** A spreadsheet that writes {@code ="007"} has written a formula. */
    private static Cell cell(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? Cell.EMPTY : new Cell(stripped.startsWith("=") ? Cell.Kind.FORMULA : Cell.Kind.TEXT, stripped);
    }

    private String plain() throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            int c = peek();
            if (c == ',' || c == '\r' || c == '\n' || c == END) {
                return text.toString();
            }
            if (c == '"') {
                throw bad("not-csv", "未加引号的字段中出现引号。/ A quote stands within a field that isn't quoted. Put the field into quotes and double its quotes.");
            }
            add(text, read());
        }
    }

    private String quoted() throws IOException {
        int opened = line;
        read();
        StringBuilder text = new StringBuilder();
        while (true) {
            int c = read();
            if (c == END) {
                throw new BadSheet("not-csv", "line " + opened, "引号没有结束。/ A quote is opened here and never closed. Export the file again.");
            }
            if (c == '"') {
                if (peek() != '"') {
                    return text.toString();
                }
                read();
            } else if (c == '\n' || c == '\r' && peek() != '\n') {
                line++;
            }
            add(text, c);
        }
    }

    private void add(StringBuilder text, int c) {
        if (text.length() == LONGEST_TEXT) {
            throw bad("too-long", "一个字段超过 4000 字。/ A field has more than 4,000 characters. Is a quote missing?");
        }
        if (c == 0) {
            throw bad("charset", "文件含有 NUL 字节：是 UTF-16，或不是文本。/ The file holds bytes of zero: it is UTF-16, or no text. Export it as CSV in UTF-8.");
        }
        text.append((char) c);
    }

    private int peek() throws IOException {
        if (ahead == -2) {
            ahead = reader.read();
        }
        return ahead;
    }

    private int read() throws IOException {
        int c = peek();
        ahead = -2;
        return c;
    }

    private BadSheet bad(String code, String message) {
        return new BadSheet(code, "line " + line, message);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
