package org.yuzui.launcher.demo.things;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * @param asset    the number of its card, which is on its label
 * @param category a code of the classification of fixed assets; invented from memory
 * @param value    original value in yuan, two decimals, of all of the quantity
 */
public record Thing(String asset, String name, String category, String categoryName, int quantity, BigDecimal value, LocalDate acquired,
                    String location) {
}
