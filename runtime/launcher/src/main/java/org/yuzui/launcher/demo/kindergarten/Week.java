package org.yuzui.launcher.demo.kindergarten;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A kindergarten's week up to a day, plainly invented: the same seed makes the same. Counts what a report must show of it. */
final class Week {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String[][] LUNCHES = {
        {"米饭", "大米:65"}, {"番茄炒蛋", "番茄:80", "鸡蛋:40", "植物油:5"}, {"土豆烧牛肉", "土豆:70", "牛肉:35", "植物油:4"},
        {"白菜豆腐汤", "白菜:60", "豆腐:40", "食盐:1"}, {"清蒸鱼", "鱼:60", "植物油:3"}, {"胡萝卜炒肉", "胡萝卜:50", "猪肉:30", "植物油:5"}};
    private static final String[][] SNACKS = {{"牛奶", "鲜牛奶:150"}, {"水果", "苹果:100"}, {"水果", "香蕉:100"}, {"红薯", "红薯:90"}};
    private static final String[] PLACES = {"大一班", "大二班", "中一班", "小一班", "音乐室", "厨房", "门厅", "库房"};
    private static final String[] ASSETS = {"儿童床", "儿童桌", "钢琴", "投影仪", "空调", "消毒柜", "冰箱", "书架"};
    private static final String[] PURPOSES = {"parent", "delivery", "maintenance", "inspection", "meeting"};
    private static final int BOOK = 40;

    private final Kindergarten kindergarten;
    private final LocalDate monday;
    private final LocalDate last;
    private final Random random;
    private final Map<String, ArrayNode> items = new LinkedHashMap<>();
    private final Map<String, Long> expected = new LinkedHashMap<>();

    Week(Kindergarten kindergarten, LocalDate last, long seed) {
        this.kindergarten = kindergarten;
        this.last = last;
        this.monday = last.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        this.random = new Random(seed * 31 + (kindergarten.unit() + monday).hashCode());
        for (String count : List.of("visits", "turnedAway", "roundsDue", "roundsDone", "roundsMissed", "roundsOutOfOrder", "roundsWrongInterval",
                "meals", "heads", "assetsInBook", "assetsScanned", "differences")) {
            expected.put(count, 0L);
        }
        for (String kind : List.of("books", "visits", "patrols", "meals", "scans")) {
            items.put(kind, JsonNodeFactory.instance.arrayNode());
        }
        stock();
        for (LocalDate day = monday; day.isBefore(monday.plusWeeks(1)); day = day.plusDays(1)) {
            day(day);
        }
    }

    /** What is sent, by kind; books first. */
    Map<String, ArrayNode> items() {
        return items;
    }

    /** The unit's figures, by the form's indicators. */
    Map<String, Long> expected() {
        return expected;
    }

    /** Every day is made, so that a later one doesn't change those before; only those up to the last are sent. */
    private void day(LocalDate day) {
        boolean sent = !day.isAfter(last);
        boolean open = day.getDayOfWeek().getValue() <= 5;
        int visits = open ? 4 + random.nextInt(9) : random.nextInt(2);
        for (int i = 0; i < visits; i++) {
            ObjectNode visit = visit(day, i);
            if (sent) {
                items.get("visits").add(visit);
                count(visit.path("status").asText().equals("turned-away") ? "turnedAway" : "visits", 1);
            }
        }
        for (LocalTime start : kindergarten.starts()) {
            round(day.atTime(start), sent);
        }
        int heads = 120 + random.nextInt(180);
        String[][] lunch = {LUNCHES[0], LUNCHES[1 + random.nextInt(2)], LUNCHES[3 + random.nextInt(3)]};
        String[][] snack = {SNACKS[random.nextInt(SNACKS.length)]};
        if (sent && open) {
            meal(day, "lunch", heads, lunch);
            meal(day, "afternoon-snack", heads - 3, snack);
        }
    }

    private ObjectNode visit(LocalDate day, int number) {
        LocalDateTime arrived = day.atTime(8, 0).plusMinutes(random.nextInt(480));
        boolean turnedAway = random.nextInt(12) == 0;
        ObjectNode visit = JsonNodeFactory.instance.objectNode().put("visit", "V-" + day + "-" + number).put("arrivedAt", text(arrived))
                .put("status", turnedAway ? "turned-away" : "left").put("name", "测试访客" + random.nextInt(1000))
                .put("phone", "1380000" + (1000 + random.nextInt(9000))).put("purpose", PURPOSES[random.nextInt(PURPOSES.length)])
                .put("people", 1 + random.nextInt(3));
        int minutes = 10 + random.nextInt(60);
        return turnedAway ? visit : visit.put("leftAt", text(arrived.plusMinutes(minutes)));
    }

    private void round(LocalDateTime start, boolean sent) {
        int fate = random.nextInt(20); // 0 not walked, 1 a point missed, 2 out of order, 3 too slow, else as it should be
        List<String> points = new java.util.ArrayList<>(kindergarten.points());
        int n = points.size();
        if (n < 3 && fate < 4) {
            fate = 0;
        }
        if (fate == 1) {
            points.remove(n / 2);
        } else if (fate == 2) {
            Collections.swap(points, n - 2, n - 1);
        }
        LocalDateTime at = start.plusSeconds(random.nextInt(300));
        for (int i = 0; i < points.size(); i++) {
            ObjectNode pass = JsonNodeFactory.instance.objectNode().put("point", points.get(i)).put("passedAt", text(at)).put("guard", "测试保安");
            if (sent && fate != 0) {
                items.get("patrols").add(pass);
            }
            at = at.plusSeconds(120 + random.nextInt(240)).plusMinutes(fate == 3 && i == 0 ? 20 : 0);
        }
        if (sent) {
            count("roundsDue", 1);
            count(fate <= 1 ? "roundsMissed" : fate == 2 ? "roundsOutOfOrder" : fate == 3 ? "roundsWrongInterval" : "roundsDone", 1);
        }
    }

    private void meal(LocalDate day, String kind, int heads, String[][] dishes) {
        ObjectNode meal = JsonNodeFactory.instance.objectNode().put("day", day.toString()).put("kind", kind).put("heads", heads);
        ArrayNode list = meal.putArray("dishes");
        for (String[] dish : dishes) {
            ArrayNode ingredients = list.addObject().put("name", dish[0]).putArray("ingredients");
            for (int i = 1; i < dish.length; i++) {
                String[] part = dish[i].split(":");
                ingredients.addObject().put("ingredient", part[0]).put("grams", Integer.parseInt(part[1]));
            }
        }
        items.get("meals").add(meal);
        count("meals", 1);
        count("heads", heads);
    }

    /** The book, and on the last day scans of most of it: some are missing, one stands elsewhere, one isn't in the book. */
    private void stock() {
        int missing = random.nextInt(3);
        int elsewhere = missing + random.nextInt(2);
        LocalDateTime at = last.atTime(9, 0);
        for (int i = 0; i < BOOK; i++) {
            String asset = kindergarten.unit() + "-" + String.format("%04d", i);
            String place = PLACES[i % PLACES.length];
            items.get("books").add(JsonNodeFactory.instance.objectNode().put("asset", asset).put("name", ASSETS[i % ASSETS.length]).put("location", place));
            if (i >= missing) {
                boolean moved = i == elsewhere && i % 2 == 1;
                scan(asset, moved ? PLACES[(i + 1) % PLACES.length] : place, at.plusSeconds(20L * i));
                count("differences", moved ? 1 : 0);
            }
        }
        if (random.nextInt(4) == 0) {
            scan("NO-LABEL-" + random.nextInt(100), "库房", at.plusHours(1));
            count("differences", 1);
        }
        count("assetsInBook", BOOK);
        count("differences", missing);
    }

    private void scan(String asset, String place, LocalDateTime at) {
        items.get("scans").add(JsonNodeFactory.instance.objectNode().put("asset", asset).put("location", place).put("scannedAt", text(at)));
        count("assetsScanned", 1);
    }

    private void count(String what, long more) {
        expected.merge(what, more, Long::sum);
    }

    private static String text(LocalDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(ZONE));
    }
}
