package org.yuzui.container.internal;

import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;

/** The file is no complete zip: broken, or still being copied. Which of the two, only time tells. */
final class UnreadableJarException extends PluginException {

    private static final long serialVersionUID = 1L;

    UnreadableJarException(String name, Exception cause) {
        super(new Problem("unreadable-jar", name, "The file is no whole jar; it is damaged, or its copying has not ended: "
                + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()) + ".",
                "Copy it again, best under a name that ends in .part, and rename it when it is complete."), cause);
    }
}
