package org.yuzui.launcher.demo.things;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule of what lies where, so that the books and whoever scans labels tell the same. A kindergarten ({@code <county>-K01}) has
 * forty cards, {@code <unit>-0000} to {@code -0039}, as its platform's sender scans them; a service centre ({@code <county>-F01}) has
 * ten, {@code JG-<county>-0000} to {@code -0009}. Card i is of kind i mod the number of kinds, and lies in place i mod the number of
 * places.
 */
public final class Things {

    private static final String[][] KINDERGARTEN = {{"儿童床", "A05010299", "床类", "450"}, {"儿童桌", "A05010202", "桌类", "380"},
        {"钢琴", "A02450100", "乐器", "21800"}, {"投影仪", "A02020200", "投影仪", "6200"}, {"空调", "A02180101", "空调设备", "3980"},
        {"消毒柜", "A02180102", "厨卫设备", "2600"}, {"冰箱", "A02180103", "制冷设备", "3200"}, {"书架", "A05010501", "架类", "390"}};
    private static final String[] CLASSES = {"大一班", "大二班", "中一班", "小一班", "音乐室", "厨房", "门厅", "库房"};
    private static final String[][] CENTRE = {{"台式计算机", "A02010105", "计算机", "5180"}, {"办公桌", "A05010201", "桌类", "860"},
        {"打印机", "A02021003", "打印设备", "2350"}, {"文件柜", "A05010502", "柜类", "420"}, {"空调机", "A02180101", "空调设备", "3980"}};
    private static final String[] ROOMS = {"一楼 101 室", "一楼 102 室", "二楼会议室"};
    private static final int KINDERGARTEN_CARDS = 40;
    private static final int CENTRE_CARDS = 10;

    private Things() {
    }

    /** By the card's number; none for a unit that is neither kindergarten nor service centre. */
    public static List<Thing> of(String unit) {
        return unit.contains("-K") ? of(unit, KINDERGARTEN, CLASSES, KINDERGARTEN_CARDS)
                : unit.contains("-F") ? of("JG-" + unit.replaceFirst("-.*$", ""), CENTRE, ROOMS, CENTRE_CARDS) : List.of();
    }

    private static List<Thing> of(String prefix, String[][] kinds, String[] places, int cards) {
        List<Thing> things = new ArrayList<>();
        for (int i = 0; i < cards; i++) {
            String[] kind = kinds[i % kinds.length];
            things.add(new Thing(String.format("%s-%04d", prefix, i), kind[0], kind[1], kind[2], 1, new BigDecimal(kind[3]).setScale(2),
                    LocalDate.of(2018 + i % 7, 1 + i % 12, 15), places[i % places.length]));
        }
        return things;
    }
}
