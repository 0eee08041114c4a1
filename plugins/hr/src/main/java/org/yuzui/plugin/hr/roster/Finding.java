package org.yuzui.plugin.hr.roster;

/**
 * One thing that is wrong.
 *
 * @param place  a cell as spreadsheets call it, or a row; null when it is about the whole
 * @param column its heading; null for none
 * @param value  what stands there, masked when it is personal; null for nothing
 */
public record Finding(Fault fault, String place, String column, String value) {

    String where() {
        return place == null ? column : column == null ? place : place + " " + column;
    }

    @Override
    public String toString() {
        return (where() == null ? "" : where() + (value == null ? "" : " [" + value + "]") + ": ") + fault.code() + ": " + fault;
    }
}
