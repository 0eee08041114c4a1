package org.yuzui.reporting;

import java.util.List;

/**
 * An organisation in the tree.
 *
 * @param code   GB/T 2260, or its county's code with a suffix for an institution, or a reporting unit's own
 * @param name   in Chinese
 * @param nameEn in English; the Chinese one where there is none
 * @param parent code of the unit above; null for the province
 * @param tags   words by which forms choose who answers, sorted: {@code hospital}, {@code heated}
 */
public record Unit(String code, String name, String nameEn, Level level, String parent, List<String> tags) {

    /** One without tags. */
    public Unit(String code, String name, String nameEn, Level level, String parent) {
        this(code, name, nameEn, level, parent, List.of());
    }

    /** Depth in the tree. */
    public enum Level { PROVINCE, CITY, COUNTY, INSTITUTION }
}
