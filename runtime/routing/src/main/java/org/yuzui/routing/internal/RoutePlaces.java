package org.yuzui.routing.internal;

import org.apache.camel.Route;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.routing.RouteDetail;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where routes and their endpoints stand in the files of one owner. */
final class RoutePlaces {

    private final List<HubFile> files;
    private final List<RouteFile> written;

    /** @param written filled as the files are read */
    RoutePlaces(List<HubFile> files, List<RouteFile> written) {
        this.files = files;
        this.written = written;
    }

    String placeOf(Route route) {
        String location = route.getSourceLocation();
        int colon = location == null ? -1 : location.lastIndexOf(':');
        return colon < 0 ? fileOf(route) : fileOf(route) + location.substring(colon);
    }

    /** Where a route names an endpoint; where the route stands when that isn't found. */
    String placeOf(Route route, String endpoint) {
        if (endpoint != null) {
            String shown = endpoint.replaceFirst("\\?.*$", "").replaceFirst("://", ":");
            for (RouteFile file : written) {
                for (RouteFile.Written w : file.routes()) {
                    for (RouteFile.Named named : w.endpoints()) {
                        if (route.getRouteId().equals(w.id()) && shown.equals(named.scheme() + ":" + named.name())) {
                            return named.place();
                        }
                    }
                }
            }
        }
        return placeOf(route);
    }

    String fileOf(Route route) {
        String location = route.getSourceLocation();
        return files.stream().filter(f -> location != null && location.contains(fileName(f))).map(HubFile::path)
                .findFirst().orElse(files.isEmpty() ? null : files.get(0).path());
    }

    /** The file of a route as it was deployed; null for one that is written in Java. */
    RouteDetail.Text textOf(Route route) {
        String place = placeOf(route);
        if (place == null) {
            return null;
        }
        int line = place.matches(".*:\\d+") ? Integer.parseInt(place.substring(place.lastIndexOf(':') + 1)) : 1;
        return files.stream().filter(f -> place.startsWith(f.path())).findFirst()
                .map(f -> new RouteDetail.Text(f.path(), line, new String(f.bytes(), StandardCharsets.UTF_8))).orElse(null);
    }

    static String fileName(HubFile file) {
        return file.id() + PluginRoutes.SUFFIX;
    }
}
