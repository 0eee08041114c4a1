package org.yuzui.plugin.hr.roster;

import java.util.Locale;

/** What may be wrong with a roster. */
public enum Fault {

    NO_HEADINGS("前 20 行中没有含工号、姓名、人员类别的表头", "None of the first 20 rows has the headings for number, name and category. Name the columns so, or set 'columns'"),
    HEADING_TWICE("同一字段有两列", "Two columns are of one field. Delete one of them"),
    NO_ROWS("表头之下没有人员", "Nobody stands under the headings. An empty roster would make everybody one who left"),
    TOO_MANY_ROWS("人员超过 20 万", "The roster has more than 200,000 people. Send one for each unit"),
    MISSING("必填项为空", "The cell must not be empty. Fill it in"),
    BAD_NUMBER("工号只能是字母、数字、点、横线，最多 40 位", "A number has letters, digits, dots and hyphens, at most 40. Correct it"),
    TWICE("工号在名册中出现两次", "The number stands in the roster twice. Keep one row, or correct the number"),
    ID_TWICE("身份证号在名册中出现两次", "The identity number stands in the roster twice. Keep one row, or correct the number"),
    TOO_LONG("内容过长", "The text is too long for this field. Shorten it"),
    BAD_CHARACTER("含有控制字符或残缺字符", "The text has control characters, or halves of one. Type it anew"),
    UNKNOWN_CODE("代码表中没有此代码或名称", "The code table has no such code or name. Use one of it, or replace the tables by 'codes'"),
    ID_FORM("身份证号应为 18 位（或旧 15 位）", "An identity number has 18 characters, or 15 in its old form. Correct it"),
    ID_BIRTHDAY("身份证号中的出生日期不存在", "The birthday in the identity number is no day. Correct it"),
    ID_CHECK_DIGIT("身份证号校验位不符", "The check digit of the identity number is wrong. Look at the card"),
    ID_SEX("身份证号与性别不符", "The identity number tells another sex. Correct one of them"),
    CREDIT_CODE("统一社会信用代码校验位不符", "The check digits of the unified social credit code are wrong. Correct it"),
    OTHER_CREDIT_CODE("统一社会信用代码不是本单位的", "The unified social credit code is not the unit's. Is this another unit's roster?"),
    BAD_DATE("不是日期，如 2026-11-30、2026.11.30、2026年11月、20261130", "This is no date such as 2026-11-30. Format the cell as a date, or write it so"),
    FUTURE_DATE("日期在名册日期之后", "The date is after the roster's. Correct it"),
    DIGITS_LOST("单元格为数字格式，末位已丢失", "The cell holds a number, and its last digits are lost. Format it as text and type it anew"),
    ZEROS_LOST("同列有文本也有数字，前导零可能已丢失", "The column has texts and numbers: zeros before this one may be lost. Format the column as text"),
    FORMULA("单元格是公式", "The cell is a formula, whose value may be old. Paste the values in place of the formulas"),
    ERROR_VALUE("单元格是错误值", "The cell shows an error. Correct it"),
    MERGED("单元格是合并的", "The cells are merged, so it isn't clear whose they are. Unmerge them and fill each"),
    HIDDEN_ROW("该行被隐藏或筛选", "The row is hidden, by hand or by a filter. Show it, or delete it"),
    HIDDEN_COLUMN("该列被隐藏", "The column is hidden. Show it, or delete it"),
    NO_WATERMARK("水位列为空", "The watermark is empty, so nobody would see when the row changes. Fill it in");

    private final String chinese;
    private final String english;

    Fault(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    /** {@code id-check-digit}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return chinese + "。/ " + english + (english.endsWith("?") ? "" : ".");
    }
}
