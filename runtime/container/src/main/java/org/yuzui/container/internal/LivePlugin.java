package org.yuzui.container.internal;

import org.yuzui.container.internal.journal.Wanted;
import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.kernel.Problem;

/** A plugin that is wanted, and what has become of it. Used by the one thread that changes plugins. */
final class LivePlugin {

    private Wanted wanted;
    private StagedJar jar;
    private RunningPlugin running;
    private Problem failure;
    private SettingsFile failedWith;
    private Problem warning;

    LivePlugin(Wanted wanted) {
        this.wanted = wanted;
    }

    String id() {
        return wanted.plugin();
    }

    Wanted wanted() {
        return wanted;
    }

    /** Null when it could not be had. */
    StagedJar jar() {
        return jar;
    }

    /** Null when nothing of it runs. */
    RunningPlugin running() {
        return running;
    }

    /** Why nothing of it runs although it is enabled. */
    Problem failure() {
        return failure;
    }

    /** The settings with which it failed; null when it didn't, or before they were looked at. */
    SettingsFile failedWith() {
        return failedWith;
    }

    boolean hasFailed() {
        return running == null && wanted.enabled();
    }

    boolean isOf(StagedJar other) {
        return wanted.sha256().equals(other.sha256());
    }

    /** What is said of it while it runs, such as that nobody has signed it; null when nothing. */
    Problem warning() {
        return warning;
    }

    void warned(Problem of) {
        warning = of;
    }

    void isWanted(Wanted now) {
        wanted = now;
    }

    void has(StagedJar staged) {
        jar = staged;
        if (running != null && running.jar().sameContent(staged)) {
            running.foundAs(staged);
        }
    }

    void runs(RunningPlugin now) {
        running = now;
        jar = now.jar();
        failure = null;
        failedWith = null;
    }

    void stands() {
        running = null;
        failure = null;
        failedWith = null;
    }

    void failed(Problem why, SettingsFile settings) {
        running = null;
        failure = why;
        failedWith = settings;
    }
}
