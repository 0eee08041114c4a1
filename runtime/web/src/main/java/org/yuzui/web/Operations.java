package org.yuzui.web;

import org.yuzui.routing.RouteControl;

/** What operators look into. */
public record Operations(RouteControl routes, PluginLog log) {

    /** Nothing to look into. */
    public static final Operations NONE = new Operations(RouteControl.NONE, PluginLog.EMPTY);
}
