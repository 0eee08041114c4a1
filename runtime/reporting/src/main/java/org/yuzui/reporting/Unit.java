package org.yuzui.reporting;

/**
 * An organisation in the tree.
 *
 * @param code   GB/T 2260, or its county's code with a suffix for an institution, or a reporting unit's own
 * @param name   in Chinese
 * @param nameEn in English; the Chinese one where there is none
 * @param parent code of the unit above; null for the province
 */
public record Unit(String code, String name, String nameEn, Level level, String parent) {

    /** Depth in the tree. */
    public enum Level { PROVINCE, CITY, COUNTY, INSTITUTION }
}
