package org.yuzui.launcher.demo.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.launcher.demo.Inbox;
import org.yuzui.launcher.demo.Xlsx;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A month of the units of the assets plugin's settings: one half sends workbooks, the other calls over HTTP. */
public final class AssetsSender {

    private static final String SETTINGS = "config/plugins/assets.yaml";
    private static final int SMALLEST = 24;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> SHEETS = Map.of("reallocation", "调剂", "loan", "借用", "return", "归还", "disposal", "处置");
    private static final Map<String, String> WORDS = Map.of("in-use", "在用", "idle", "闲置", "warehouse", "公物仓", "sale", "出售", "scrap", "报废");
    /** Fields and what the sheets call them, in the order of the columns. */
    private static final Map<String, String[]> COLUMNS = Map.of(
            "card", new String[] {"unit", "单位编码", "asset", "资产编号", "name", "资产名称", "category", "资产分类代码", "quantity", "数量", "unitOfMeasure", "计量单位",
                "originalValue", "原值", "acquiredOn", "取得日期", "location", "存放地点", "state", "使用状态", "keeper", "保管人", "day", "数据日期"},
            "reallocation", new String[] {"number", "单号", "asset", "资产编号", "unit", "调出单位", "toUnit", "调入单位", "day", "调剂日期", "into", "调入后状态", "saved", "节约购置资金",
                "approval", "批准文号"},
            "loan", new String[] {"number", "单号", "asset", "资产编号", "unit", "出借单位", "toUnit", "借用单位", "borrower", "借用人", "day", "借出日期", "dueOn", "应还日期"},
            "return", new String[] {"number", "单号", "asset", "资产编号", "unit", "出借单位", "day", "归还日期"},
            "disposal", new String[] {"number", "单号", "asset", "资产编号", "unit", "处置单位", "day", "处置日期", "method", "处置方式", "startPrice", "起拍价", "dealPrice", "成交价",
                "approval", "批准文号"});

    private final Inbox inbox;
    private final URI door;
    private final List<Holding> holdings = new ArrayList<>();

    /** @param home of the hub: its settings say where files and calls go, and whose */
    public AssetsSender(Path home, YearMonth month, long seed) {
        JsonNode root = YamlDocument.read(home.resolve(SETTINGS), SETTINGS).root();
        this.inbox = new Inbox(home.resolve(root.path("inbox").asText("in/assets")));
        this.door = URI.create("http://127.0.0.1:" + root.at("/http/port").asInt(7890));
        TreeSet<String> units = new TreeSet<>();
        root.path("units").forEach(u -> {
            if (u.asText().contains("-F")) {
                units.add(u.asText());
            }
        });
        List<String> all = List.copyOf(units);
        if (all.size() < 2) {
            throw new ProblemException(new Problem("no-units", SETTINGS + " units", "Fewer than two service centres are named.",
                    "Write for example 'units: {锦江区: 510104-F01, 自流井区: 510302-F01}'."));
        }
        for (int i = 0; i < all.size(); i++) {
            holdings.add(new Holding(all.get(i), all.get((i + 1) % all.size()), month, seed, SMALLEST + 3 * i));
        }
    }

    public Path inbox() {
        return inbox.folder();
    }

    /**
     * Every other unit's workbook, each whole or not at all.
     *
     * @param faulty instead one workbook, in which something is disposed of that is lent
     * @return their names
     */
    public List<String> writeWorkbooks(boolean faulty) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < (faulty ? 1 : holdings.size()); i += 2) {
            Holding holding = holdings.get(i);
            Xlsx book = new Xlsx();
            sheet(book, "资产卡片", "card", holding.cards());
            holding.movementsByKind().forEach((kind, movements) -> sheet(book, SHEETS.get(kind), kind, movements));
            if (faulty) {
                Map<String, Object> lent = holding.movementsByKind().get("loan").get(1);
                Map<String, Object> disposal = new LinkedHashMap<>(holding.movementsByKind().get("disposal").get(1));
                disposal.put("number", disposal.get("number") + "-X");
                disposal.put("asset", lent.get("asset"));
                sheet(book, SHEETS.get("disposal"), "disposal", List.of(disposal));
            }
            String name = holding.unit + (faulty ? "_lent-and-disposed" : "_assets") + ".xlsx";
            inbox.write(name, book.bytes());
            names.add(name);
        }
        return names;
    }

    private static void sheet(Xlsx book, String sheet, String kind, List<Map<String, Object>> rows) {
        String[] columns = COLUMNS.get(kind);
        Object[] values = new Object[columns.length / 2];
        if (!book.has(sheet)) {
            for (int c = 0; c < values.length; c++) {
                values[c] = columns[2 * c + 1];
            }
            book.row(sheet, values);
        }
        for (Map<String, Object> row : rows) {
            for (int c = 0; c < values.length; c++) {
                Object value = row.get(columns[2 * c]);
                values[c] = value instanceof String text ? WORDS.getOrDefault(text, text) : value;
            }
            book.row(sheet, values);
        }
    }

    /** The other units' cards and movements. @return how each call was answered, by unit and path */
    public Map<String, Integer> call(String token) throws IOException, InterruptedException {
        Map<String, Integer> answers = new LinkedHashMap<>();
        HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        for (int i = 1; i < holdings.size(); i += 2) {
            Holding holding = holdings.get(i);
            answers.put(holding.unit + " /assets", post(http, token, "/assets", holding.cards()));
            answers.put(holding.unit + " /movements", post(http, token, "/movements", holding.movements()));
        }
        return answers;
    }

    private int post(HttpClient http, String token, String path, List<Map<String, Object>> records) throws IOException, InterruptedException {
        List<Map<String, Object>> plain = new ArrayList<>();
        for (Map<String, Object> record : records) {
            Map<String, Object> copy = new LinkedHashMap<>(record);
            copy.replaceAll((k, v) -> v instanceof LocalDate day ? day.toString() : v);
            plain.add(copy);
        }
        HttpRequest request = HttpRequest.newBuilder(door.resolve(path)).timeout(Duration.ofSeconds(90)).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(plain))).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** What the month's report must show of each unit. */
    public Map<String, Map<String, BigDecimal>> expected() {
        Map<String, Map<String, BigDecimal>> expected = new LinkedHashMap<>();
        for (int i = 0; i < holdings.size(); i++) {
            expected.put(holdings.get(i).unit, holdings.get(i).expected(holdings.get((i + holdings.size() - 1) % holdings.size())));
        }
        return expected;
    }

    /** Of some units together. */
    public static Map<String, BigDecimal> sum(Iterable<Map<String, BigDecimal>> units) {
        Map<String, BigDecimal> sum = new LinkedHashMap<>();
        units.forEach(u -> u.forEach((code, value) -> sum.merge(code, value, BigDecimal::add)));
        sum.put("premium", sum.get("gain").movePointRight(2).divide(sum.get("start"), 2, RoundingMode.HALF_UP));
        return sum;
    }

    /** Waits until they have gone from the inbox. @return of each that has gone, whether it was refused */
    public Map<String, Boolean> await(List<String> names, long since, Duration atMost) throws IOException {
        return inbox.await(names, atMost, name -> inbox.isRefused(name, since));
    }
}
