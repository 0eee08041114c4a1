package org.yuzui.testkit.certification;

import org.yuzui.launcher.PluginWorkbench.Check;

import java.util.List;

/** One thing that a plugin must stand. */
interface CertificationCheck {

    /** What is proven, in a few words. */
    String name();

    /** Does it and says what was seen; leaves nothing running. */
    Check run(Trial trial) throws Exception;

    default Check skipped(String why) {
        return new Check(name(), why, "nothing to try", List.of(), true);
    }
}
