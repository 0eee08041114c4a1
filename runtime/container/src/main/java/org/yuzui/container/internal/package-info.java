/**
 * How a jar becomes a running plugin, each step with its own class and its own refusal:
 *
 * <ol>
 *   <li>A request comes by a call, or {@code FolderWatch} says that something stirred, and {@code FolderMirror} takes what
 *       changed in the {@code DropFolder} for requests. {@code Changes} finds out what a request asks for.
 *   <li><b>Stage</b>: {@code JarStage} looks the jar over and keeps a copy that nobody else writes to.
 *   <li><b>Resolve and plan</b>: {@code Preparation} has the bundle wired by {@code EmbeddedFelix}, its settings read and the
 *       plan made. Up to here nobody notices anything.
 *   <li><b>Begin</b>: {@code Deployer} writes jar and entry into the journal.
 *   <li><b>Deploy beside</b>: the parts take the new version in while the old one works ({@code DeployedParts}).
 *   <li><b>Exchange</b>: the old parts get quiet, the new ones start, and the journal commits what is wanted
 *       ({@code Exchange}). Whatever fails up to then, the old parts start again.
 *   <li><b>Retire</b>: the old version is closed and uninstalled, and {@code FolderKeeper} makes the folder say what runs.
 * </ol>
 *
 * <p>{@code StartUp} brings up what is wanted. One thread does all of this; a plugin's own work runs on threads that can be
 * given up ({@code PluginThreads}).
 */
package org.yuzui.container.internal;
