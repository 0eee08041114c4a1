package org.yuzui.web;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.routing.RouteControl;
import org.yuzui.routing.RouteDetail;
import org.yuzui.routing.RouteEnd;
import org.yuzui.routing.RouteStatus;
import org.yuzui.routing.RouteStep;
import org.yuzui.routing.StoppedRoute;

import java.util.List;
import java.util.Optional;

/** The routes of his: visits come in, and are summed up for the report. */
final class FakeRoutes implements RouteControl {

    volatile StoppedRoute stopped;

    @Override
    public Optional<RouteDetail> find(String owner, String route) {
        return owner.equals("his") && route.equals("receive-visit") ? Optional.of(detail()) : Optional.empty();
    }

    private RouteDetail detail() {
        RouteStep.Branch when = new RouteStep.Branch("when", "${header.x} == 1", List.of(new RouteStep("to", "record:his.visit.v1",
                null, 9, List.of())));
        return new RouteDetail(new RouteStatus("receive-visit", "his", "receive-visit.camel.yaml", "mllp:0.0.0.0:2575",
                stopped == null ? "Started" : "Stopped", 12, 1, null), false, stopped, new RouteDetail.Counters(12, 1, 0, 1.5, 20.0),
                "mllp:{{listen.host}}:{{listen.port}}", List.of(new RouteStep("choice", "", "which", 7, List.of(when))),
                new RouteDetail.Text("routes/receive-visit.camel.yaml", 3, "- route:\n    id: receive-visit\n"));
    }

    @Override
    public List<RouteEnd> ends() {
        return List.of(new RouteEnd("his", "receive-visit", true, "mllp", "0.0.0.0:2575", null, false),
                new RouteEnd("his", "receive-visit", false, "direct", "visit", null, false),
                new RouteEnd("his", "publish-visit", true, "direct", "visit", null, false),
                new RouteEnd("his", "publish-visit", false, "record", "his.visit.v1", null, false),
                new RouteEnd("his", "publish-visit", false, "record", "ignored", null, false),
                new RouteEnd("his", "hospital-daily", true, "record", "his.daily.v1", "his/hospital-daily", false),
                new RouteEnd("his", "hospital-daily", false, "bean", "sums", null, false),
                new RouteEnd("his", "hospital-daily", false, "report", "hospital-daily", null, false),
                new RouteEnd("his", "hospital-daily", false, "sftp", "10.0.0.9:22/out", null, false));
    }

    @Override
    public RouteDetail stop(String owner, String route, String who, String reason) {
        require(owner, route);
        stopped = new StoppedRoute(owner, route, who, reason, FakeHub.NOON);
        return detail();
    }

    @Override
    public RouteDetail start(String owner, String route) {
        require(owner, route);
        stopped = null;
        return detail();
    }

    private void require(String owner, String route) {
        if (find(owner, route).isEmpty()) {
            throw new ProblemException(Problem.of("unknown-route", "The route '" + route + "' does not run now."));
        }
    }
}
