package org.yuzui.container.internal.journal;

import org.yuzui.kernel.Problem;

/**
 * A jar in the drop folder that was seen to its end.
 *
 * @param plugin  the id that it brings
 * @param refusal why it was not taken; null when it was
 */
public record FolderFile(String name, String sha256, String plugin, Problem refusal) {
}
