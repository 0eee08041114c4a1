package org.yuzui.plugin.hr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rosters of tests. The identity numbers are of a division 990000 that there isn't, so they are nobody's. */
public final class People {

    public static final List<String> HEADINGS = List.of("工号", "姓名", "性别", "身份证号", "民族", "政治面貌", "学历", "人员类别", "编制类型", "部门", "职务", "进入本单位日期", "状态");
    private static final String[] CATEGORIES = {"公务员", "参公", "事业", "工勤", "编外"};
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private People() {
    }

    /** Person {@code n}: a man when it is odd, of one of five categories in turn. */
    public static List<String> row(int n) {
        return new ArrayList<>(Arrays.asList(String.format("P%05d", n), "示例" + n, n % 2 == 1 ? "男" : "女", id(n), "汉族", "群众", "本科",
                CATEGORIES[n % 5], "事业编制", "办公室", "科员", "2015-07-01", "在职"));
    }

    public static List<List<String>> roster(int from, int to) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (int n = from; n <= to; n++) {
            rows.add(row(n));
        }
        return rows;
    }

    public static String csv(List<List<String>> rows) {
        return rows.stream().map(r -> String.join(",", r)).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    /** Each its own. */
    public static String id(int n) {
        String body = String.format("990000%d%02d%02d%03d", 1960 + n / 1000 % 40, n / 10_000 % 12 + 1, n / 120_000 % 28 + 1, n % 1000);
        body = body.substring(0, 16) + (n % 2 == 1 ? odd(body.charAt(16)) : even(body.charAt(16)));
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    private static char odd(char c) {
        return (c - '0') % 2 == 1 ? c : (char) (c + 1);
    }

    private static char even(char c) {
        return (c - '0') % 2 == 0 ? c : (char) (c - 1);
    }
}
