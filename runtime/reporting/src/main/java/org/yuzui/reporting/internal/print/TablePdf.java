package org.yuzui.reporting.internal.print;

import org.yuzui.reporting.Indicator;

import java.util.ArrayList;
import java.util.List;

/** A table on pages of A4 across: as many columns as fit, then the same lines with the next ones, a section after the other. */
final class TablePdf {

    private static final double MARGIN = 36;
    private static final double SIZE = 8.5;
    private static final double LINE = 16;
    private static final double NAME = 130;
    private static final double COUNT = 52;
    private static final double LEAST = 68;
    private static final int HEAD_LINES = 3;
    private static final double RIGHT = PdfPages.WIDTH - MARGIN;
    private static final double GAP = 4;

    private final Printed printed;
    private final PdfPages pages;
    private double y;

    private TablePdf(Printed printed) {
        this.printed = printed;
        this.pages = new PdfPages(printed.title() + " " + printed.lines().get(0));
    }

    static byte[] write(Printed printed) {
        TablePdf pdf = new TablePdf(printed);
        pdf.begin();
        for (Printed.Part part : printed.parts()) {
            for (List<Indicator> block : pdf.blocks(part.indicators())) {
                pdf.block(part.title(), block);
            }
        }
        return pdf.end();
    }

    private void begin() {
        pages.newPage();
        y = PdfPages.HEIGHT - MARGIN - 16;
        pages.center(PdfPages.WIDTH / 2, y, 16, printed.title());
        y -= 8;
        for (String line : printed.lines()) {
            y -= 14;
            pages.text(MARGIN, y, 9, line);
        }
        y -= 12;
    }

    private byte[] end() {
        for (int i = 0; i < pages.count(); i++) {
            String foot = printed.words().of("第 " + (i + 1) + " 页，共 " + pages.count() + " 页", (i + 1) + " / " + pages.count());
            pages.text(i, PdfPages.WIDTH / 2 - PdfText.width(foot, 8) / 2, MARGIN - 18, 8, foot);
        }
        return pages.bytes();
    }

    /** As many indicators as their numbers have room for beside each other. */
    private List<List<Indicator>> blocks(List<Indicator> indicators) {
        List<List<Indicator>> blocks = new ArrayList<>();
        List<Indicator> block = new ArrayList<>();
        double room = RIGHT - MARGIN - NAME - COUNT;
        double used = 0;
        for (Indicator indicator : indicators) {
            double width = width(indicator);
            if (!block.isEmpty() && used + width > room) {
                blocks.add(block);
                block = new ArrayList<>();
                used = 0;
            }
            block.add(indicator);
            used += width;
        }
        blocks.add(block);
        return blocks;
    }

    private double width(Indicator indicator) {
        double widest = printed.rows().stream().mapToDouble(r -> PdfText.width(number(r, indicator), SIZE)).max().orElse(0);
        return Math.max(LEAST, widest + 2 * GAP);
    }

    private String number(Printed.Row row, Indicator indicator) {
        return printed.words().number(indicator, row.values().get(indicator.code()));
    }

    private void block(String section, List<Indicator> block) {
        double headHeight = HEAD_LINES * 11 + 6;
        double whole = 20 + headHeight + printed.rows().size() * LINE;
        boolean fitsAPage = whole <= PdfPages.HEIGHT - 2 * MARGIN;
        if (y - (fitsAPage ? whole : 20 + headHeight + 2 * LINE) < MARGIN) {
            nextPage();
        }
        y -= 14;
        pages.text(MARGIN, y, 10, section);
        y -= 6;
        double[] edges = edges(block);
        head(block, edges, headHeight);
        boolean total = true;
        for (Printed.Row row : printed.rows()) {
            if (y - LINE < MARGIN) {
                nextPage();
                head(block, edges, headHeight);
            }
            row(row, block, edges, total);
            total = false;
        }
        y -= 8;
    }

    private void nextPage() {
        pages.newPage();
        y = PdfPages.HEIGHT - MARGIN;
    }

    private double[] edges(List<Indicator> block) {
        double[] edges = new double[block.size() + 3];
        edges[0] = MARGIN;
        edges[1] = edges[0] + NAME;
        edges[2] = edges[1] + COUNT;
        for (int i = 0; i < block.size(); i++) {
            edges[i + 3] = edges[i + 2] + width(block.get(i));
        }
        return edges;
    }

    private void head(List<Indicator> block, double[] edges, double height) {
        double end = edges[edges.length - 1];
        pages.ground(edges[0], y - height, end - edges[0], height);
        pages.line(edges[0], y, end, y);
        Words words = printed.words();
        List<String> heads = new ArrayList<>(List.of(words.of("单位", "Unit"), words.of("已报/应报", "Reported")));
        block.forEach(i -> heads.add(words.head(i)));
        for (int i = 0; i < heads.size(); i++) {
            List<String> lines = PdfText.wrap(heads.get(i), SIZE, edges[i + 1] - edges[i] - GAP, HEAD_LINES);
            double at = y - (height - lines.size() * 11) / 2 - 8.5;
            for (String line : lines) {
                pages.center((edges[i] + edges[i + 1]) / 2, at, SIZE, line);
                at -= 11;
            }
        }
        verticals(edges, y, y - height);
        y -= height;
        pages.line(edges[0], y, end, y);
    }

    private void row(Printed.Row row, List<Indicator> block, double[] edges, boolean total) {
        double end = edges[edges.length - 1];
        if (total) {
            pages.ground(edges[0], y - LINE, end - edges[0], LINE - 0.5);
        }
        double base = y - LINE + 5;
        pages.text(edges[0] + GAP, base, SIZE, PdfText.cut(printed.name(row), SIZE, NAME - 2 * GAP));
        pages.right(edges[2] - GAP, base, SIZE, row.received() + "/" + row.expected());
        for (int i = 0; i < block.size(); i++) {
            pages.right(edges[i + 3] - GAP, base, SIZE, number(row, block.get(i)));
        }
        verticals(edges, y, y - LINE);
        y -= LINE;
        pages.line(edges[0], y, end, y);
    }

    private void verticals(double[] edges, double from, double to) {
        for (double x : edges) {
            pages.line(x, from, x, to);
        }
    }
}
