package org.yuzui.web;

import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A hub of fakes to look at the console with: {@code FakeHubMain [port]}, token {@code a-token-of-the-test}. New records
 * arrive every second.
 */
final class FakeHubMain {

    private static final String[] SOURCES = {"ADT^A01", "ADT^A03", "ADT^A04", "ADT^A08", "ORU^R01"};
    private static final String[] COUNTIES = {"510104", "510105", "510302", "510502", "510603", "511702", "513201"};

    private final FakeHub hub;
    private final Random random = new Random(1);
    private Instant now;
    private int count;

    private FakeHubMain(FakeHub hub) {
        this.hub = hub;
        this.now = hub.clock.instant();
    }

    public static void main(String[] args) throws InterruptedException {
        int port = args.length == 0 ? 8088 : Integer.parseInt(args[0]);
        long begin = System.nanoTime();
        FakeHub fakes = new FakeHub(WebSettings.of("127.0.0.1", port));
        System.out.println("started in " + (System.nanoTime() - begin) / 1_000_000 + " ms at port " + fakes.port());
        FakeHubMain main = new FakeHubMain(fakes);
        main.plugins();
        for (int i = 0; i < 60; i++) {
            main.arrive();
        }
        CountDownLatch never = new CountDownLatch(1);
        while (!never.await(1, java.util.concurrent.TimeUnit.SECONDS)) {
            main.arrive();
        }
    }

    private void plugins() {
        hub.plugins.is(new PluginStatus("finance", "1.2.0", new Title("财务系统", "Finance"), PluginState.DEGRADED,
                new Problem("unreachable", "config/plugins/finance.yaml:4 sftp.host",
                        "The server finance-sftp does not answer since 08:41.", "Check the line; it is tried again every minute."),
                FakeHub.NOON.plusSeconds(8000), "finance-1.2.0.jar"));
        hub.plugins.is(new PluginStatus("vehicle", "0.3.1", new Title("公务用车平台", "Official vehicles"), PluginState.STARTING,
                null, FakeHub.NOON.plusSeconds(9000), "vehicle-0.3.1.jar"));
    }

    private void arrive() {
        count++;
        now = now.plusMillis(200 + random.nextInt(900));
        FlowStatus[] all = FlowStatus.values();
        FlowStatus status = random.nextInt(5) > 0 ? FlowStatus.DELIVERED : all[random.nextInt(all.length)];
        String county = COUNTIES[random.nextInt(COUNTIES.length)];
        boolean failed = status == FlowStatus.REFUSED || status == FlowStatus.DEAD || status == FlowStatus.RETRYING;
        boolean nameless = status == FlowStatus.REFUSED || status == FlowStatus.IGNORED;
        UUID id = new UUID(random.nextLong(), random.nextLong());
        String type = SOURCES[random.nextInt(SOURCES.length)];
        hub.ledger.add(new Flow(id, status, status == FlowStatus.IGNORED ? null : type.startsWith("ORU") ? "his.result.v1"
                        : "his.visit.v1", nameless ? null : county + "-H01|V" + (100000 + count),
                        nameless ? null : county + "-H01", "his", "receive-visit", "mllp 10.1.2." + random.nextInt(250) + " H" + county, type,
                        "M" + (900000 + count), now, now.plusMillis(40), 1 + random.nextInt(8) / 7, 3, 400 + random.nextInt(900),
                        failed ? "unknown-facility" : null,
                        failed ? "The facility 'H" + county + "' is mapped to no unit." : null, failed ? "00000000000000aa" : null), null,
                Hop.of(id, HopKind.RECEIVED, now).build());
    }
}
