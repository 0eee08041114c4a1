package org.yuzui.launcher.demo.gbt24589;

import org.yuzui.launcher.demo.fuel.Refuelling;
import org.yuzui.launcher.demo.things.Thing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes documents of GB/T 24589 as XML. */
final class Documents {

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final BigDecimal ZERO = new BigDecimal("0.00");

    private final StringBuilder xml = new StringBuilder();

    private Documents(String encoding) {
        xml.append("<?xml version=\"1.0\" encoding=\"").append(encoding).append("\"?>\n");
    }

    /** 公共档案 of a year. */
    static String publicFile(String book, String organisation, int year, String encoding) {
        Documents d = new Documents(encoding);
        d.xml.append("<公共档案>\n");
        d.row("电子账簿", "电子账簿编号", book, "电子账簿名称", organisation + "账簿", "会计核算单位", organisation, "单位性质", "事业单位",
                "本位币", "人民币", "会计年度", year, "标准版本号", "GB/T 24589.1-2010");
        for (int month = 1; month <= 12; month++) {
            YearMonth m = YearMonth.of(year, month);
            d.row("会计期间", "会计年度", year, "会计期间号", month, "会计期间起始日期", m.atDay(1).format(DAY),
                    "会计期间结束日期", m.atEndOfMonth().format(DAY));
        }
        return d.xml.append("</公共档案>\n").toString();
    }

    /** 总账 of a month. @param unbalanced whether the credit of one voucher is a yuan too little */
    static String ledger(Accounts accounts, YearMonth month, String encoding, boolean unbalanced) {
        Documents d = new Documents(encoding);
        d.xml.append("<总账>\n");
        d.row("总账基础信息", "结构分隔符", "-", "会计科目编号规则", "4-2-2");
        d.account(Accounts.BANK, "银行存款", 1, "资产", "借");
        d.account(Accounts.SURPLUS, "累计盈余", 1, "净资产", "贷");
        d.account(Accounts.INCOME, "财政拨款收入", 1, "收入", "贷");
        d.account(Accounts.EXPENSES, "业务活动费用", 1, "费用", "借");
        Accounts.expenseAccounts().forEach((code, name) -> d.account(code, name, code.length() / 2 - 1, "费用", "借"));
        d.balances(accounts, month);
        d.vouchers(accounts, month, unbalanced);
        return d.xml.append("</总账>\n").toString();
    }

    /** 固定资产: each thing's card, and where it lies. */
    static String assets(List<Thing> things, String encoding) {
        Documents d = new Documents(encoding);
        d.xml.append("<固定资产>\n");
        Map<String, String> categories = new TreeMap<>();
        things.forEach(t -> categories.put(t.category(), t.categoryName()));
        categories.forEach((code, name) -> d.row("固定资产类别设置", "固定资产类别编码", code, "固定资产类别名称", name));
        d.row("固定资产使用状况", "使用状况编码", "01", "使用状况名称", "在用");
        things.forEach(t -> d.row("固定资产卡片", "固定资产卡片编号", t.asset(), "固定资产类别编码", t.category(), "固定资产名称", t.name(),
                "固定资产入账日期", t.acquired().format(DAY), "固定资产数量", t.quantity(), "使用状况编码", "01", "固定资产原值", t.value()));
        things.forEach(t -> d.row("固定资产卡片实物信息", "固定资产卡片编号", t.asset(), "固定资产标签号", t.asset(), "固定资产位置", t.location()));
        return d.xml.append("</固定资产>\n").toString();
    }

    private void account(String code, String name, int level, String type, String side) {
        row("会计科目", "科目编号", code, "科目名称", name, "科目级次", level, "科目类型", type, "余额方向", side);
    }

    private void balances(Accounts accounts, YearMonth month) {
        Map<String, BigDecimal> debits = new LinkedHashMap<>(accounts.expenses(month));
        debits.put(Accounts.BANK, accounts.income());
        Map<String, BigDecimal> credits = Map.of(Accounts.BANK, accounts.spent(month), Accounts.INCOME, accounts.income());
        accounts.openings(month).forEach((account, opening) -> {
            BigDecimal debit = debits.getOrDefault(account, ZERO);
            BigDecimal credit = credits.getOrDefault(account, ZERO);
            BigDecimal closing = opening.add(debit).subtract(credit);
            row("科目余额及发生额", "科目编号", account, "期初余额方向", side(opening), "期末余额方向", side(closing), "币种编码", "CNY",
                    "会计年度", month.getYear(), "会计期间号", month.getMonthValue(), "期初本币余额", opening.abs(), "借方本币金额", debit,
                    "贷方本币金额", credit, "期末本币余额", closing.abs());
        });
    }

    private void vouchers(Accounts accounts, YearMonth month, boolean unbalanced) {
        line(month, 5, 1, 1, "收到财政拨款", Accounts.BANK, accounts.income(), ZERO);
        line(month, 5, 1, 2, "收到财政拨款", Accounts.INCOME, ZERO, accounts.income());
        int number = 2;
        for (Map.Entry<String, BigDecimal> expense : accounts.payments(month).entrySet()) {
            String summary = "付" + Accounts.expenseAccounts().get(expense.getKey());
            int day = 8 + number;
            line(month, day, number, 1, summary, expense.getKey(), expense.getValue(), ZERO);
            line(month, day, number, 2, summary, Accounts.BANK, ZERO,
                    unbalanced && number == 5 ? expense.getValue().subtract(BigDecimal.ONE) : expense.getValue());
            number++;
        }
        for (Refuelling r : accounts.refuellings(month)) {
            String summary = "公务用车加油 " + r.litres() + " 升";
            line(month, r.day().getDayOfMonth(), Integer.parseInt(r.voucher()), 1, summary, Accounts.FUEL, r.amount(), ZERO);
            line(month, r.day().getDayOfMonth(), Integer.parseInt(r.voucher()), 2, summary, Accounts.BANK, ZERO, r.amount());
        }
    }

    private void line(YearMonth month, int day, int voucher, int line, String summary, String account, BigDecimal debit, BigDecimal credit) {
        row("记账凭证", "记账凭证日期", month.atDay(day).format(DAY), "会计年度", month.getYear(), "会计期间号", month.getMonthValue(),
                "记账凭证类型编号", "记", "记账凭证编号", voucher, "记账凭证行号", line, "记账凭证摘要", summary, "科目编号", account, "币种编码", "CNY",
                "借方本币金额", debit, "贷方本币金额", credit, "附件数", 1, "制单人", "测试甲", "审核人", "测试乙", "记账人", "测试丙", "记账标志", 1,
                "作废标志", 0);
    }

    private void row(String table, Object... namesAndValues) {
        xml.append("  <").append(table).append(">\n");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String text = namesAndValues[i + 1].toString().replace("&", "&amp;").replace("<", "&lt;");
            xml.append("    <").append(namesAndValues[i]).append('>').append(text).append("</").append(namesAndValues[i]).append(">\n");
        }
        xml.append("  </").append(table).append(">\n");
    }

    private static String side(BigDecimal signed) {
        return signed.signum() < 0 ? "贷" : "借";
    }
}
