package org.yuzui.launcher.demo.assets;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What a service centre has at the beginning of a month and what becomes of it in the month: invented, the same for the same seed. */
final class Holding {

    private static final String[][] KINDS = {{"台式计算机", "A02010105", "台", "5800"}, {"办公桌", "A05010201", "张", "1200"}, {"会议椅", "A05010301", "把", "350"},
        {"打印机", "A02021000", "台", "2600"}, {"档案柜", "A05010402", "组", "1500"}, {"工具书", "A04010100", "册", "68.5"}, {"轿车", "A02030503", "辆", "168000"}};
    private static final int REALLOCATED = 3;
    private static final int LENT = 4;
    private static final int NOT_RETURNED = 5;
    private static final int SOLD = 6;
    private static final int SCRAPPED = 7;

    final String unit;
    private final YearMonth month;
    private final List<Map<String, Object>> cards = new ArrayList<>();
    private final Map<String, List<Map<String, Object>>> movements = new LinkedHashMap<>();

    /** @param receiver the unit that gets something of it */
    Holding(String unit, String receiver, YearMonth month, long seed, int size) {
        this.unit = unit;
        this.month = month;
        Random random = new Random(seed * 31 + unit.hashCode());
        for (int n = 1; n <= size; n++) {
            card(n, random);
        }
        String county = unit.substring(0, 6);
        BigDecimal start = value(SOLD).divide(BigDecimal.TEN, 2, RoundingMode.HALF_UP);
        BigDecimal deal = start.multiply(BigDecimal.valueOf(80 + random.nextInt(90))).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
        movement("reallocation", "DJ", REALLOCATED, 12, "toUnit", receiver, "into", "in-use", "saved", value(REALLOCATED), "approval", county + "调〔" + month + "〕1号");
        movement("loan", "JY", LENT, 3, "toUnit", receiver, "borrower", "测试一号", "dueOn", month.atDay(10));
        movement("return", "GH", LENT, 9);
        movement("loan", "JY", NOT_RETURNED, 2, "toUnit", receiver, "borrower", "测试二号", "dueOn", month.atDay(16));
        movement("disposal", "CZ", SOLD, 20, "method", "sale", "startPrice", start, "dealPrice", deal, "approval", county + "处〔" + month + "〕1号");
        movement("disposal", "CZ", SCRAPPED, 22, "method", "scrap", "dealPrice", new BigDecimal("50"), "approval", county + "处〔" + month + "〕2号");
    }

    private void card(int n, Random random) {
        String[] kind = n == 1 ? new String[] {"办公用房", "A01010100", "幢", "12500000"} : n == SOLD ? KINDS[6] : KINDS[random.nextInt(6)];
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("unit", unit);
        card.put("asset", asset(n));
        card.put("name", kind[0]);
        card.put("category", kind[1]);
        card.put("quantity", 1);
        card.put("unitOfMeasure", kind[2]);
        card.put("originalValue", new BigDecimal(kind[3]).add(BigDecimal.valueOf(random.nextInt(100))));
        card.put("acquiredOn", LocalDate.of(2016 + random.nextInt(8), 1 + random.nextInt(12), 1 + random.nextInt(28)));
        card.put("location", "A座" + (100 + random.nextInt(500)));
        card.put("state", n == 1 || n > 9 && n % 5 != 0 ? "in-use" : n % 10 == 0 ? "warehouse" : "idle");
        card.put("keeper", "测试三号");
        card.put("day", month.minusMonths(1).atEndOfMonth());
        cards.add(card);
    }

    private void movement(String kind, String prefix, int n, int day, Object... more) {
        Map<String, Object> movement = new LinkedHashMap<>();
        movement.put("kind", kind);
        movement.put("unit", unit);
        movement.put("number", prefix + "-" + month + "-" + String.format(Locale.ROOT, "%03d", n));
        movement.put("asset", asset(n));
        movement.put("day", month.atDay(day));
        for (int i = 0; i < more.length; i += 2) {
            movement.put((String) more[i], more[i + 1]);
        }
        movements.computeIfAbsent(kind, k -> new ArrayList<>()).add(movement);
    }

    /** What moves has a number of the month: in another month it couldn't move again. */
    private String asset(int n) {
        String number = n < REALLOCATED || n > SCRAPPED ? String.format(Locale.ROOT, "%04d", n)
                : String.format(Locale.ROOT, "%02d%02d%d", month.getYear() % 100, month.getMonthValue(), n);
        return "ZC-" + unit.substring(0, 6) + "-" + number;
    }

    private BigDecimal value(int n) {
        return (BigDecimal) cards.get(n - 1).get("originalValue");
    }

    List<Map<String, Object>> cards() {
        return cards;
    }

    List<Map<String, Object>> movements() {
        return movements.values().stream().flatMap(List::stream).toList();
    }

    Map<String, List<Map<String, Object>>> movementsByKind() {
        return movements;
    }

    /** What this unit's part of the report must show. @param before whose reallocation it receives */
    Map<String, BigDecimal> expected(Holding before) {
        BigDecimal number = BigDecimal.valueOf(cards.size() - 2L);
        BigDecimal value = cards.stream().map(c -> (BigDecimal) c.get("originalValue")).reduce(BigDecimal.ZERO, BigDecimal::add)
                .subtract(value(REALLOCATED)).subtract(value(SOLD)).subtract(value(SCRAPPED)).add(before.value(REALLOCATED));
        Map<String, Object> sale = movements.get("disposal").get(0);
        BigDecimal start = (BigDecimal) sale.get("startPrice");
        BigDecimal deal = (BigDecimal) sale.get("dealPrice");
        Map<String, BigDecimal> expected = new LinkedHashMap<>();
        expected.put("number", number);
        expected.put("value", value);
        expected.put("numberWarehouse", BigDecimal.valueOf(cards.stream().filter(c -> c.get("state").equals("warehouse")).count()));
        expected.put("numberLent", BigDecimal.ONE);
        expected.put("overdue", BigDecimal.ONE);
        expected.put("reallocatedOut", BigDecimal.ONE);
        expected.put("reallocatedOutValue", value(REALLOCATED));
        expected.put("saved", before.value(REALLOCATED));
        expected.put("disposed", BigDecimal.valueOf(2));
        expected.put("disposedValue", value(SOLD).add(value(SCRAPPED)));
        expected.put("start", start);
        expected.put("deal", deal);
        expected.put("gain", deal.subtract(start));
        return expected;
    }
}
