package org.yuzui.launcher.demo.assets;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule of what lies where, so that the books and whoever scans labels tell the same. A kindergarten ({@code <county>-K01}) has
 * twenty cards, {@code ZC-<county>-0001} to {@code -0020}, a service centre ({@code <county>-F01}) ten, {@code JG-<county>-0001} to
 * {@code -0010}. Card n is the kind (n − 1) mod the number of kinds, and lies in the place (n − 1) div 4 mod the number of places.
 */
public final class Things {

    private static final String[][] KINDERGARTEN = {{"儿童床", "A05010299", "床类", "30", "450"}, {"儿童桌椅", "A05010202", "桌椅", "15", "680"},
        {"玩具柜", "A05010501", "柜类", "4", "390"}, {"电子白板", "A02010699", "教学设备", "1", "12800"}, {"消毒柜", "A02180102", "厨卫设备", "2", "2600"},
        {"空调机", "A02180101", "空调设备", "2", "3980"}};
    private static final String[] CLASSES = {"小一班", "中一班", "大一班", "多功能室", "厨房"};
    private static final String[][] CENTRE = {{"台式计算机", "A02010105", "计算机", "1", "5180"}, {"办公桌", "A05010201", "桌类", "1", "860"},
        {"打印机", "A02021003", "打印设备", "1", "2350"}, {"文件柜", "A05010502", "柜类", "2", "420"}, {"空调机", "A02180101", "空调设备", "1", "3980"}};
    private static final String[] ROOMS = {"一楼 101 室", "一楼 102 室", "二楼会议室"};
    private static final int KINDERGARTEN_CARDS = 20;
    private static final int CENTRE_CARDS = 10;
    private static final int IN_A_PLACE = 4;

    private Things() {
    }

    /** By the card's number; none for a unit that is neither kindergarten nor service centre. */
    public static List<Thing> of(String unit) {
        String county = unit.replaceFirst("-.*$", "");
        return unit.contains("-K") ? of("ZC-" + county, KINDERGARTEN, CLASSES, KINDERGARTEN_CARDS)
                : unit.contains("-F") ? of("JG-" + county, CENTRE, ROOMS, CENTRE_CARDS) : List.of();
    }

    private static List<Thing> of(String prefix, String[][] kinds, String[] places, int cards) {
        List<Thing> things = new ArrayList<>();
        for (int n = 0; n < cards; n++) {
            String[] kind = kinds[n % kinds.length];
            int quantity = Integer.parseInt(kind[3]);
            things.add(new Thing(String.format("%s-%04d", prefix, n + 1), kind[0], kind[1], kind[2], quantity,
                    new BigDecimal(kind[4]).multiply(BigDecimal.valueOf(quantity)).setScale(2),
                    LocalDate.of(2018 + n % 7, 1 + n % 12, 15), places[n / IN_A_PLACE % places.length]));
        }
        return things;
    }
}
