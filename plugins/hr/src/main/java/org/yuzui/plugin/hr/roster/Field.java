package org.yuzui.plugin.hr.roster;

import org.yuzui.spi.Mask;

import java.util.List;
import java.util.Optional;

/** What a roster tells of a person. */
public enum Field {

    PERSON("person", null, 40, null, "工号", "人员编号", "职工编号", "职工号"),
    NAME("name", null, 80, Mask.NAME, "姓名"),
    ID_NUMBER("idNumber", null, 18, Mask.ID_NUMBER, "身份证号", "身份证号码", "公民身份号码", "公民身份证号"),
    SEX("sex", "sex", 20, null, "性别"),
    ETHNIC("ethnic", "ethnic", 20, Mask.ALL, "民族"),
    POLITICAL("political", "political", 20, Mask.ALL, "政治面貌"),
    MARRIAGE("marriage", "marriage", 20, Mask.ALL, "婚姻状况"),
    HEALTH("health", "health", 20, Mask.ALL, "健康状况"),
    EDUCATION("education", "education", 20, null, "学历", "文化程度"),
    CATEGORY("category", "category", 20, null, "人员类别", "人员身份"),
    POST("post", "post", 20, null, "编制类型", "编制类别"),
    DEPARTMENT("department", null, 100, null, "部门", "所在部门", "处室", "科室"),
    POSITION("position", null, 100, null, "职务", "岗位", "职务名称"),
    JOINED_ON("joinedOn", null, 20, null, "进入本单位日期", "进入本单位时间", "入职日期", "到岗日期"),
    STATE("state", "state", 20, null, "状态", "在职状态", "人员状态"),
    /** Checked, and not kept with the person. */
    CREDIT_CODE("creditCode", null, 18, null, "统一社会信用代码", "单位统一社会信用代码");

    private final String key;
    private final String table;
    private final int longest;
    private final Mask mask;
    private final List<String> headings;

    Field(String key, String table, int longest, Mask mask, String... headings) {
        this.key = key;
        this.table = table;
        this.longest = longest;
        this.mask = mask;
        this.headings = List.of(headings);
    }

    /** What the contract and the settings call it. */
    public String key() {
        return key;
    }

    /** Null for one without. */
    String table() {
        return table;
    }

    int longest() {
        return longest;
    }

    /** What hides it in the record and in messages; null for one that isn't personal. */
    Mask mask() {
        return mask;
    }

    List<String> headings() {
        return headings;
    }

    boolean isRequired() {
        return this == PERSON || this == NAME || this == CATEGORY;
    }

    static Optional<Field> of(String key) {
        for (Field field : values()) {
            if (field.key.equals(key)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
