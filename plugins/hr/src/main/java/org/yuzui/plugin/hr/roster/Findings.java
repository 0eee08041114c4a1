package org.yuzui.plugin.hr.roster;

import java.util.ArrayList;
import java.util.List;

/** All that is wrong with a roster, the first thousand of it in words. */
final class Findings {

    private static final int MOST = 1_000;

    private final List<Finding> list = new ArrayList<>();
    private int count;

    void add(Finding finding) {
        count++;
        if (list.size() < MOST) {
            list.add(finding);
        }
    }

    int count() {
        return count;
    }

    List<Finding> told() {
        return List.copyOf(list);
    }

    void refuse() {
        if (count > 0) {
            throw new BadRoster(list, count);
        }
    }
}
