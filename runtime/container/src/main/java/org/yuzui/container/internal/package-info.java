/**
 * How a jar becomes a running plugin, each step with its own class and its own refusal:
 *
 * <ol>
 *   <li>{@code FolderWatch} says that something stirred, and {@code DropFolder} finds out which jars changed.
 *   <li><b>Stage</b>: {@code JarStage} looks the jar over and keeps a copy that nobody else writes to.
 *   <li><b>Choose</b>: {@code Candidates} says which jar stands for which plugin.
 *   <li><b>Resolve</b>: {@code InstalledPlugin} has the bundle wired by {@code EmbeddedFelix} and reads its
 *       {@code SettingsSchema}; the settings are validated. Up to here the version before runs on, untouched.
 *   <li><b>Switch</b>: {@code Deployer} takes the old parts down and brings the new ones up ({@code DeployedParts}).
 *   <li><b>Roll back</b>: if they don't come up, the old bundle, which is still installed, gets its parts back.
 * </ol>
 *
 * <p>One thread does all of this; a plugin's own work runs on threads that can be given up ({@code PluginThreads}).
 */
package org.yuzui.container.internal;
