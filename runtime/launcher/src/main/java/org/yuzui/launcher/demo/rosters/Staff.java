package org.yuzui.launcher.demo.rosters;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The people of a unit of the demonstration. They are called 示例 and a number, and their identity numbers are of the division
 * 990000, which there isn't; the check digits are right.
 */
final class Staff {

    static final List<String> HEADINGS = List.of("工号", "姓名", "性别", "身份证号", "民族", "政治面貌", "学历", "人员类别", "编制类型", "部门", "职务", "进入本单位日期", "状态");

    private static final String[] CATEGORIES = {"公务员", "公务员", "参公", "事业", "事业", "事业", "工勤", "编外", "编外"};
    private static final String[] POSTS = {"行政编制", "行政编制", "参公编制", "事业编制", "事业编制", "事业编制", "工勤编制", "无编制", "无编制"};
    private static final String[] DEPARTMENTS = {"办公室", "财务科", "资产管理科", "服务保障科", "安全保卫科"};
    private static final String[] ETHNIC = {"汉族", "汉族", "汉族", "汉族", "彝族", "藏族", "羌族"};
    private static final String[] POLITICAL = {"中共党员", "群众", "共青团员", "中共党员"};
    private static final String[] EDUCATION = {"本科", "硕士研究生", "大专", "本科", "高中"};
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private final List<List<String>> people = new ArrayList<>();
    private final int unit;
    private final Random random;
    private int next = 1;

    /** The same numbers make the same people. */
    Staff(int unit, long seed, int count) {
        this.unit = unit;
        this.random = new Random(seed * 1_000 + unit);
        for (int i = 0; i < count; i++) {
            join(LocalDate.of(2000 + random.nextInt(24), 1 + random.nextInt(12), 1 + random.nextInt(28)));
        }
    }

    private void join(LocalDate day) {
        int n = next++;
        int kind = n % CATEGORIES.length;
        int sex = random.nextInt(2);
        LocalDate born = LocalDate.of(1966 + random.nextInt(36), 1 + random.nextInt(12), 1 + random.nextInt(28));
        people.add(new ArrayList<>(List.of(String.format("%04d", n), "示例" + n + "号", sex == 1 ? "男" : "女", id(born, n, sex),
                ETHNIC[random.nextInt(ETHNIC.length)], POLITICAL[random.nextInt(POLITICAL.length)], EDUCATION[random.nextInt(EDUCATION.length)],
                CATEGORIES[kind], POSTS[kind], DEPARTMENTS[random.nextInt(DEPARTMENTS.length)], "科员", day.toString(), "在职")));
    }

    private String id(LocalDate born, int n, int sex) {
        String body = "990000" + born.toString().replace("-", "") + String.format("%03d", (unit * 40 + n) % 500 * 2 + sex);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    /** A month: two join, one leaves, one retires, two go to other departments. */
    void month(LocalDate last) {
        people.removeIf(p -> p.get(12).equals("退休"));
        people.remove(3);
        people.get(5).set(12, "退休");
        for (int moved : new int[] {7, 9}) {
            String from = people.get(moved).get(9);
            people.get(moved).set(9, from.equals(DEPARTMENTS[0]) ? DEPARTMENTS[1] : DEPARTMENTS[0]);
        }
        join(last.withDayOfMonth(8));
        join(last.withDayOfMonth(15));
    }

    /** Most of them are missing, as when somebody has sent a part. */
    void lose() {
        people.subList(5, people.size()).clear();
    }

    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        people.forEach(p -> rows.add(List.copyOf(p)));
        return rows;
    }

    int active() {
        return (int) people.stream().filter(p -> p.get(12).equals("在职")).count();
    }
}
