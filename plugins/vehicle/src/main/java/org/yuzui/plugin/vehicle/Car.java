package org.yuzui.plugin.vehicle;

/**
 * A vehicle as the site knows it.
 *
 * @param unit       whose it is
 * @param plate      names it everywhere in the hub
 * @param colour     of the plate, as the standards number it
 * @param terminal   its terminal's number without leading zeros; empty when it has none
 * @param code       the authentication code that was agreed on for it; empty when the plugin makes one
 * @param area       the name of the area that it may be used in; empty when it may go anywhere
 * @param speedLimit km/h; 0 when the site's holds
 */
public record Car(String unit, String plate, int colour, String terminal, String code, String area, int speedLimit) {

    /** Neither a log nor a trace shows the code. */
    @Override
    public String toString() {
        return plate + " of " + unit;
    }
}
