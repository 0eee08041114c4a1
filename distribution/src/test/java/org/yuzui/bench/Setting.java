package org.yuzui.bench;

import java.nio.file.Path;

/**
 * What the scenarios have in common.
 *
 * @param program the unpacked distribution
 * @param work    a folder of the bench's own, on the disk that is measured
 * @param quick   whether to measure shortly and coarsely
 */
record Setting(Path program, Path work, boolean quick) {

    double seconds(double whole, double quickly) {
        return quick ? quickly : whole;
    }

    int count(int whole, int quickly) {
        return quick ? quickly : whole;
    }
}
