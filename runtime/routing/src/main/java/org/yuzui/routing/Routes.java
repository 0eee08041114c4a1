package org.yuzui.routing;

import java.util.List;

/** What runs: the routes of all plugins and of the site. */
public interface Routes {

    List<RouteStatus> routes();
}
