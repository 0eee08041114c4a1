package org.yuzui.web.internal;

import org.yuzui.contracts.Contract;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.reporting.Form;
import org.yuzui.routing.RouteEnd;
import org.yuzui.routing.RouteStatus;
import org.yuzui.web.HubServices;
import org.yuzui.web.internal.LiveMap.Edge;
import org.yuzui.web.internal.LiveMap.Kind;
import org.yuzui.web.internal.LiveMap.Node;
import org.yuzui.web.internal.LiveMap.State;
import org.yuzui.web.internal.Traffic.Way;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Draws the map once: the endpoints of the routes give nodes and edges, queues and counters what is on them. What a route
 * that reads a subscription makes or sends comes from that subscription; what any other makes comes from its plugin.
 */
final class MapDrawing {

    private static final String SITE = "site";
    private static final String STORE = "store";
    /** So many that wait are no traffic any more. */
    private static final long MANY = 100;
    private static final Set<HopKind> ARRIVING = EnumSet.of(HopKind.RECEIVED, HopKind.DUPLICATE, HopKind.REFUSED, HopKind.IGNORED,
            HopKind.PUBLISHED);
    private static final Set<HopKind> MADE = EnumSet.of(HopKind.RECEIVED, HopKind.PUBLISHED);

    private final TrafficHistory history;
    private final HubServices services;
    private final RouteGraph graph;
    private final Map<String, RouteStatus> status = new HashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, EdgeSum> edges = new LinkedHashMap<>();

    MapDrawing(HubServices services, TrafficHistory history) {
        this.services = services;
        this.history = history;
        this.graph = new RouteGraph(services.operations().routes().ends());
        services.routes().routes().stream().filter(r -> r.id() != null).forEach(r -> status.put(r.owner() + "/" + r.id(), r));
    }

    /** An edge while it is added up. */
    private static final class EdgeSum {
        private final String from;
        private final String to;
        private final String contract;
        private final String plugin;
        private final Set<String> routes = new LinkedHashSet<>();
        private long queued;
        private long dead;
        private Predicate<Way> passing = way -> false;
        private Predicate<Way> failing = way -> false;

        private EdgeSum(String from, String to, String contract, String plugin) {
            this.from = from;
            this.to = to;
            this.contract = contract;
            this.plugin = plugin;
        }
    }

    LiveMap.View view(Instant now) {
        services.plugins().list().forEach(this::plugin);
        services.contracts().get().forEach(this::contract);
        List<SubscriptionStatus> subscriptions = services.subscriptions().get();
        subscriptions.forEach(this::subscription);
        graph.routes().forEach(this::route);
        seen();
        List<Edge> drawn = new ArrayList<>();
        for (EdgeSum e : edges.values()) {
            if (nodes.containsKey(e.from) && nodes.containsKey(e.to)) {
                drawn.add(new Edge(e.from, e.to, e.contract, e.plugin, List.copyOf(e.routes), history.perSecond(e.passing), e.queued,
                        e.dead, history.lastHour(e.failing)));
            }
        }
        return new LiveMap.View(now, nodes.values().stream().map(n -> withFailures(n, drawn)).toList(), drawn);
    }

    private void plugin(PluginStatus p) {
        State state = switch (p.state()) {
            case RUNNING -> State.good;
            case STAGED, STARTING -> State.busy;
            case DEGRADED -> State.trouble;
            case FAILED -> State.bad;
            case STOPPED, RETIRED -> State.idle;
        };
        node("plugin:" + p.id(), Kind.plugin, p.title(), state, p.problem() == null ? null : p.problem().message(), p.id(), p.id());
    }

    private void contract(Contract c) {
        node("contract:" + c.id(), Kind.contract, c.title(), State.good, null, c.plugin(), c.id());
    }

    private void subscription(SubscriptionStatus s) {
        boolean store = s.name().equals(STORE);
        String id = store ? "sink:store" : "subscription:" + s.name();
        State state = s.dead() > 0 || s.retrying() > 0 ? State.trouble : !s.reading() ? s.waiting() > 0 ? State.trouble : State.idle
                : s.waiting() >= MANY ? State.busy : State.good;
        if (store) {
            node(id, Kind.sink, new Title("记录库", "Record store"), state, null, null, STORE);
        } else {
            String plugin = s.name().indexOf('/') < 0 ? SITE : s.name().substring(0, s.name().indexOf('/'));
            node(id, Kind.subscription, new Title(s.name(), s.name()), state, null, plugin, s.name());
        }
        String contract = s.contract() != null ? s.contract() : graph.contractOf(s.name());
        if (contract != null) {
            nodes.computeIfAbsent("contract:" + contract, k -> new Node(k, Kind.contract, new Title(contract, contract), State.idle,
                    null, null, contract)); // its records still wait
            EdgeSum edge = edge("contract:" + contract, id, contract, null);
            edge.queued += s.waiting() + s.retrying();
            edge.dead += s.dead();
            HopKind taken = store ? HopKind.STORED : HopKind.DELIVERED;
            also(edge, w -> w.kind() == taken && s.name().equals(w.subscription()) && contract.equals(w.contract()),
                    w -> w.kind() == HopKind.DEAD && s.name().equals(w.subscription()) && contract.equals(w.contract()));
        }
    }

    private void route(RouteGraph.Way route) {
        String owner = route.owner();
        if (owner.equals(SITE)) {
            node("plugin:" + SITE, Kind.plugin, new Title("本地路由", "The site's routes"), State.good, null, SITE, SITE);
        }
        String plugin = "plugin:" + owner;
        boolean makes = route.to().stream().anyMatch(RouteGraph::isPublishing);
        for (RouteEnd from : route.from()) {
            boolean reads = from.subscription() != null;
            if (RouteGraph.isOutside(from)) {
                arrives(owner, from, from.route());
            }
            String source = reads ? "subscription:" + from.subscription() : plugin;
            for (RouteEnd to : route.to()) {
                if (RouteGraph.isPublishing(to)) {
                    makes(edge(source, "contract:" + to.name(), to.name(), owner), owner, from.route(), to.name());
                } else if (to.scheme().equals("report")) {
                    sends(report(to), source, owner, from);
                } else if (RouteGraph.isOutside(to) && makes && !reads) {
                    arrives(owner, to, from.route()); // it is asked for what the route then publishes
                } else if (RouteGraph.isOutside(to)) {
                    sends(outside(to, Kind.sink, from.route()), source, owner, from);
                }
            }
        }
    }

    private void arrives(String owner, RouteEnd end, String route) {
        EdgeSum edge = edge(outside(end, Kind.system, route), "plugin:" + owner, null, owner);
        edge.routes.add(route);
        also(edge, w -> owner.equals(w.plugin()) && route.equals(w.route()) && w.subscription() == null && ARRIVING.contains(w.kind()),
                w -> owner.equals(w.plugin()) && route.equals(w.route()) && w.kind() == HopKind.REFUSED);
    }

    private void makes(EdgeSum edge, String owner, String route, String contract) {
        if (edge.routes.add(route)) {
            also(edge, w -> owner.equals(w.plugin()) && route.equals(w.route()) && contract.equals(w.contract())
                            && w.subscription() == null && MADE.contains(w.kind()),
                    w -> owner.equals(w.plugin()) && route.equals(w.route()) && contract.equals(w.contract())
                            && w.kind() == HopKind.REFUSED);
        }
    }

    private void sends(String sink, String source, String owner, RouteEnd from) {
        EdgeSum edge = edge(source, sink, from.subscription() == null ? null : from.name(), owner);
        edge.routes.add(from.route());
        if (from.subscription() != null) {
            also(edge, w -> w.kind() == HopKind.DELIVERED && from.subscription().equals(w.subscription()),
                    w -> w.kind() == HopKind.RETRIED && from.subscription().equals(w.subscription()));
        }
    }

    /** A system, or a place that records go to: hindered when the route that names it is. */
    private String outside(RouteEnd end, Kind kind, String route) {
        String name = end.scheme() + " " + end.name().replaceFirst("^(0\\.0\\.0\\.0|127\\.0\\.0\\.1|localhost|\\[::]):", ":").replaceFirst("^//", "");
        String id = kind + ":" + end.owner() + ":" + end.scheme() + ":" + end.name();
        RouteStatus stands = status.get(end.owner() + "/" + route);
        Problem problem = stands == null ? null : stands.problem();
        boolean stopped = problem != null && problem.code().equals("stopped-by-hand") || stands != null && !stands.state().equals("Started");
        State state = stopped ? State.idle : problem != null ? State.bad : State.good;
        Node before = nodes.get(id);
        if (before == null || state.compareTo(before.state()) > 0) {
            nodes.put(id, new Node(id, kind, new Title(name, name), state, problem == null ? null : problem.message(), end.owner(),
                    end.scheme() + ":" + end.name()));
        }
        return id;
    }

    private String report(RouteEnd end) {
        Title title = services.reports().forms().stream().filter(f -> f.id().equals(end.name())).findFirst().map(Form::title)
                .orElse(new Title(end.name(), end.name()));
        return node("sink:report:" + end.name(), Kind.sink, title, State.good, null, end.owner(), "report:" + end.name());
    }

    /** What passed although no file names it: a contract that is only known when an exchange comes by, a route in Java. */
    private void seen() {
        for (Traffic.Count count : history.traffic().counts()) {
            Way w = count.way();
            if (w.contract() == null || w.plugin() == null || w.route() == null || w.subscription() != null || !MADE.contains(w.kind())) {
                continue;
            }
            String subscription = graph.subscriptionOf(w.plugin(), w.route());
            String source = subscription == null ? "plugin:" + w.plugin() : "subscription:" + subscription;
            makes(edge(source, "contract:" + w.contract(), w.contract(), w.plugin()), w.plugin(), w.route(), w.contract());
        }
    }

    private static void also(EdgeSum edge, Predicate<Way> passing, Predicate<Way> failing) {
        edge.passing = edge.passing.or(passing);
        edge.failing = edge.failing.or(failing);
    }

    private EdgeSum edge(String from, String to, String contract, String plugin) {
        return edges.computeIfAbsent(from + " " + to, k -> new EdgeSum(from, to, contract, plugin));
    }

    private String node(String id, Kind kind, Title title, State state, String detail, String plugin, String ref) {
        nodes.merge(id, new Node(id, kind, title, state, detail, plugin, ref), (before, after) -> new Node(id, kind, title,
                before.state().or(after.state()), before.detail() == null ? after.detail() : before.detail(), plugin, ref));
        return id;
    }

    /** A node that is well, but failed something in the last hour, is not well. */
    private static Node withFailures(Node n, List<Edge> edges) {
        boolean failed = n.state() == State.good && n.kind() != Kind.plugin
                && edges.stream().anyMatch(e -> e.failedLastHour() > 0
                && (n.kind() == Kind.system ? e.from() : e.to()).equals(n.id()));
        return failed ? new Node(n.id(), n.kind(), n.title(), State.trouble, n.detail(), n.plugin(), n.ref()) : n;
    }
}
