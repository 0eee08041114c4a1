package org.yuzui.reporting;

import java.util.List;

/**
 * What a unit file would change, or has changed.
 *
 * @param file    as it is called in the folder
 * @param units   units of the whole tree of today
 * @param taken   whether it was put into the folder
 * @param added   codes that come
 * @param changed codes of which something else is said
 * @param removed codes that go
 */
public record UnitImport(String file, int units, boolean taken, List<String> added, List<String> changed, List<String> removed) {
}
