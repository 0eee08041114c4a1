package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.access.Access;
import org.yuzui.access.Permission;
import org.yuzui.access.Principal;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.contracts.Contract;
import org.yuzui.contracts.MaskedBody;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.SettableClock;
import org.yuzui.kernel.Title;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.StoredRecord;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.routing.RouteStatus;
import org.yuzui.rules.Rules;
import org.yuzui.spi.Mask;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small hub behind a real control plane: every room a fake in memory, the HTTP in front of them real. */
final class FakeHub implements AutoCloseable {

    static final String TOKEN = "a-token-of-the-test";
    static final UUID STORED = UUID.fromString("00000000-0000-0000-0000-000000000001");
    static final UUID OLDER = UUID.fromString("00000000-0000-0000-0000-000000000002");
    static final UUID REFUSED = UUID.fromString("00000000-0000-0000-0000-000000000003");
    static final Instant NOON = Instant.parse("2026-11-22T04:00:00.125Z");

    final FakePlugins plugins = new FakePlugins();
    final FakeReplays replays = new FakeReplays();
    final FakeContentSearches contentSearches = new FakeContentSearches();
    final FakeViews views = new FakeViews();
    final FakeLedger ledger = new FakeLedger();
    final FakeRecords records = new FakeRecords();
    final List<SubscriptionStatus> subscriptions = new CopyOnWriteArrayList<>();
    final FakeScheduler scheduler = new FakeScheduler();
    final FakeReports reports = new FakeReports();
    final Rules rules = GivenRules.deployed();
    final FakeRoutes routes = new FakeRoutes();
    final FakeLog log = new FakeLog();
    final FakeAudit audit = new FakeAudit();
    /** What the owner of a token may do; everything when nothing is said. */
    final Map<String, Set<Permission>> permissions = new ConcurrentHashMap<>();
    /** For which unit the owner of a token acts; for every one when nothing is said. */
    final Map<String, String> units = new ConcurrentHashMap<>();
    final Set<String> tokens = ConcurrentHashMap.newKeySet();
    final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T01:00:00Z"), ZoneId.of("Asia/Shanghai"));
    volatile Exception storeFails;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebServer server;

    FakeHub() {
        this(WebSettings.of("127.0.0.1", 0));
    }

    FakeHub(WebSettings settings) {
        tokens.add(TOKEN);
        plugins.is(new PluginStatus("his", "0.1.0", new Title("医院信息系统", "Hospital information system"),
                PluginState.RUNNING, null, NOON, "his-0.1.0.jar"));
        plugins.is(new PluginStatus("broken.jar", null, new Title("broken.jar", null), PluginState.FAILED,
                new Problem("bad-yaml", "broken.jar!HUB-INF/plugin.yaml:3", "This is not valid YAML.", "Look at line 3."),
                NOON, "broken.jar"));
        subscriptions.add(new SubscriptionStatus("his/hospital-daily", "his.daily.v1", true, 3, 1, 2));
        visit(OLDER, 1, false, NOON.minusSeconds(60));
        visit(STORED, 2, true, NOON);
        ledger.add(new Flow(REFUSED, FlowStatus.REFUSED, "his.visit.v1", null, null, "his", "receive-visit", "mllp 10.1.2.3", "ADT^A01",
                        "MSG3", NOON, NOON, 1, 1, 420, "unknown-facility", "The facility 'X' is mapped to no unit.", "00000000000000aa"),
                "MSH|secret".getBytes(StandardCharsets.UTF_8),
                Hop.of(REFUSED, HopKind.REFUSED, NOON).in("his", "0.1.0", "receive-visit").from("mllp 10.1.2.3", "ADT^A01",
                        "MSG3").cause("unknown-facility", "The facility 'X' is mapped to no unit.").size(420).build());
        server = WebServer.start(settings, services(), clock);
    }

    HubServices services() {
        Access access = token -> tokens.contains(token) ? Optional.of(principal(token)) : Optional.empty();
        List<RouteStatus> standing = List.of(
                new RouteStatus("receive-visit", "his", "receive-visit.camel.yaml", "mllp:0.0.0.0:2575", "Started", 12, 1, null),
                new RouteStatus(null, "site", "routes/bad.camel.yaml", null, "Refused", 0, 0,
                        new Problem("bad-yaml", "routes/bad.camel.yaml:4", "This is not valid YAML.", null)));
        return new HubServices(access, audit, plugins, () -> List.of(new VisitContract()), () -> standing, () -> rules.all(), records, () -> subscriptions,
                replays, contentSearches, views, ledger, scheduler, reports, () -> new HubInfo("node-1", "510000", "0.1.0", NOON, "embedded PostgreSQL 18.2", "embedded Artemis",
                List.of(new HubInfo.ReadyCheck("store", this::checkStore), new HubInfo.ReadyCheck("broker", () -> { }))), null, new Operations(routes, log));
    }

    private Principal principal(String token) {
        Set<Permission> some = permissions.get(token);
        return some == null ? Principal.withAll("bootstrap") : new Principal(token, some, units.get(token));
    }

    private void checkStore() throws Exception {
        if (storeFails != null) {
            throw storeFails;
        }
    }

    private void visit(UUID id, int version, boolean latest, Instant at) {
        String key = "510104-H01|V0001";
        ledger.add(new Flow(id, FlowStatus.DELIVERED, "his.visit.v1", key, "510104-H01", "his", "receive-visit", "mllp 10.1.2.3 SCSY",
                        "ADT^A01", "MSG" + version, at, at.plusSeconds(1), 1, 2, 512, null, null, null), null,
                Hop.of(id, HopKind.RECEIVED, at).in("his", "0.1.0", "receive-visit").record("his.visit.v1", key,
                        "510104-H01").from("mllp 10.1.2.3 SCSY", "ADT^A01", "MSG" + version).took(1500).size(512).node("node-1").build(),
                Hop.of(id, HopKind.STORED, at.plusSeconds(1)).subscription("yuzui/store").took(200).build());
        records.stored.add(new StoredRecord(id, "his.visit.v1", key, version, latest, "510104-H01",
                LocalDate.of(2026, 11, 22), at, JsonNodeFactory.instance.objectNode().put("patient", "王**")));
    }

    int port() {
        return server.port();
    }

    WebServer server() {
        return server;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + TOKEN);
    }

    HttpResponse<String> get(String path) {
        return send(authorized(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** A contract whose records nobody checks here. */
    private static final class VisitContract implements Contract {

        @Override
        public String id() {
            return "his.visit.v1";
        }

        @Override
        public Title title() {
            return new Title("就诊", "Visit");
        }

        @Override
        public String plugin() {
            return "his";
        }

        @Override
        public JsonNode schema() {
            return JsonNodeFactory.instance.objectNode().put("type", "object");
        }

        @Override
        public boolean stored() {
            return true;
        }

        @Override
        public Optional<Period> retention() {
            return Optional.empty();
        }

        @Override
        public boolean masks() {
            return true;
        }

        @Override
        public MaskedBody mask(JsonNode content) {
            ObjectNode masked = content.deepCopy();
            masked.put("patient", Mask.NAME.apply(content.path("patient").asText()));
            return new MaskedBody(masked, List.of("/patient"));
        }

        @Override
        public List<String> maskedFields(JsonNode record) {
            return record.has("patient") ? List.of("/patient") : List.of();
        }

        @Override
        public List<String> keyPointers() {
            return List.of("/unit", "/visit");
        }

        @Override
        public List<String> indexFields() {
            return List.of("dischargedOn");
        }

        @Override
        public List<String> personalIndexFields() {
            return List.of("patient.idNumber");
        }

        @Override
        public CheckedRecord check(JsonNode record) {
            throw new UnsupportedOperationException();
        }
    }
}
