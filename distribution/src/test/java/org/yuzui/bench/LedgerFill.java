package org.yuzui.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.yuzui.store.Store;

/**
 * Fills the ledger's tables as half a year of a province would: by COPY, day after day, into the tables that the ledger's own function
 * makes; the indexes of flows are taken away before and made anew after, as a restore does it.
 */
final class LedgerFill {

    static final int DAYS = 183;
    static final Instant END = Instant.parse("2026-11-22T16:00:00Z");
    private static final int HOPS = 4;
    private static final int KEEP = 183;
    private static final int AT_ONCE = 4;
    private static final String HMAC = "HmacSHA256";

    /** What one kind of traffic looks like, and how much of all it is. */
    record Kind(double share, String contract, String plugin, String route, String subscription) {
    }

    static final List<Kind> KINDS = List.of(
            new Kind(0.40, "vehicle.position.v1", "vehicle", "receive-positions", "vehicle/trips"),
            new Kind(0.25, "energy.reading.v1", "energy", "collect-readings", "energy/daily"),
            new Kind(0.12, "his.charge.v1", "his", "receive-charge", "site/charges-to-finance"),
            new Kind(0.08, "his.visit.v1", "his", "receive-visit", "his/hospital-daily"),
            new Kind(0.05, "his.result.v1", "his", "receive-result", "site/results"),
            new Kind(0.04, "finance.voucher.v1", "finance", "read-ledger", "finance/expenses"),
            new Kind(0.03, "kindergarten.meal.v1", "kindergarten", "receive-meals", "kindergarten/nutrition"),
            new Kind(0.015, "vehicle.trip.v1", "vehicle", "fold-trips", "site/trips"),
            new Kind(0.01, "hr.person.v1", "hr", "read-roster", "hr/headcount"),
            new Kind(0.004, "assets.movement.v1", "assets", "read-movements", "assets/fold"),
            new Kind(0.0008, "energy.setpoint.v1", "energy", "write-setpoint", "site/setpoints"),
            new Kind(0.0002, "assets.stock.v1", "assets", "read-stock", "site/stock"));

    /** Codes and sentences of causes; {@code #} stands for what belongs to one record. */
    static final List<String[]> CAUSES = List.of(
            new String[] {"unknown-facility", "MSH-4: the facility 'H#' is not mapped to a unit"},
            new String[] {"charset", "the message is not GB18030 at byte #"},
            new String[] {"rule-violated", "finance.voucher.v1: debit-equals-credit – 借贷不平 / debit # differs from credit"},
            new String[] {"contract-violation", "/value: must be a number, is '#'"},
            new String[] {"ConnectException", "Connection refused: 10.20.#.7:21"},
            new String[] {"tries-used-up", "It failed 6 times, at last: out/bureau: Not a directory"},
            new String[] {"unknown-unit", "The unit 51#-H09 is not in the unit tree. Add it under config/org, or map it."},
            new String[] {"frame-checksum", "JT/T 808 frame #: the checksum differs"});

    private final Store store;
    private final SecretKeySpec indexKey;
    private final int flows;
    private final Random random = new Random(20261122);
    final List<String> units = units();
    /** Some flows of every age, for what looks for one. */
    final List<Sample> samples = Collections.synchronizedList(new ArrayList<>());

    record Sample(UUID id, String key, String unit, String sourceId, String visit, Instant at) {
    }

    LedgerFill(Store store, Path indexKey, int flows) throws IOException {
        this.store = store;
        this.flows = flows;
        String key = Files.readAllLines(indexKey).stream().filter(l -> !l.startsWith("#") && !l.isBlank()).reduce((a, b) -> b).orElseThrow();
        this.indexKey = new SecretKeySpec(Base64.getDecoder().decode(key.strip()), HMAC);
    }

    /** 21 cities of ten counties each, and in each county four institutions and the county itself. */
    private static List<String> units() {
        List<String> units = new ArrayList<>();
        for (int city = 1; city <= 21; city++) {
            for (int county = 1; county <= 10; county++) {
                String code = "51%02d%02d".formatted(city, county);
                units.add(code);
                for (String institution : new String[] {"H01", "K01", "F01", "G01"}) {
                    units.add(code + "-" + institution);
                }
            }
        }
        return Collections.unmodifiableList(units);
    }

    /** Values only, for a ledger that was filled before. */
    void sampleFrom(int perMonth) {
        for (int month = 0; month < 6; month++) {
            Instant at = END.minus(Duration.ofDays(DAYS)).plus(Duration.ofDays(30L * month + 3));
            store.jdbi().useHandle(h -> h.createQuery("""
                            SELECT id, key, unit, source_id, first_at FROM ledger.flow WHERE first_at >= :at AND key IS NOT NULL ORDER BY first_at, id LIMIT :most""")
                    .bind("at", at.atOffset(java.time.ZoneOffset.UTC)).bind("most", perMonth)
                    .map((row, c) -> new Sample(row.getObject("id", UUID.class), row.getString("key"), row.getString("unit"),
                            row.getString("source_id"), visit(row.getString("key")),
                            row.getObject("first_at", java.time.OffsetDateTime.class).toInstant())).forEach(samples::add));
        }
    }

    private static String visit(String key) {
        return key.substring(key.indexOf('|') + 1);
    }

    /** Days side by side, and indexes after that side by side: on a machine that others use, more processes get more of it. */
    void fill() throws Exception {
        List<String> indexes = dropIndexes();
        try (Connection c = store.connection()) {
            for (int day = 0; day < DAYS; day++) {
                openSlices(c, begin(day));
            }
            c.commit();
        }
        unsafe(true);
        AtomicInteger done = new AtomicInteger();
        List<Callable<Void>> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            int number = day;
            long seed = random.nextLong();
            days.add(() -> {
                day(number, seed);
                int sofar = done.incrementAndGet();
                if (sofar % 30 == 0) {
                    Results.say("day " + sofar + " of " + DAYS);
                }
                return null;
            });
        }
        sideBySide(days);
        samples.sort(Comparator.comparing(Sample::at));
        sideBySide(indexes.stream().<Callable<Void>>map(index -> () -> {
            makeIndex(index);
            return null;
        }).toList());
        unsafe(false);
        store.jdbi().useHandle(h -> {
            h.getConnection().setAutoCommit(true);
            h.execute("VACUUM (ANALYZE) ledger.flow");
            h.execute("ANALYZE ledger.hop");
            h.execute("CHECKPOINT");
        });
    }

    private static Instant begin(int day) {
        return END.minus(Duration.ofDays(DAYS - (long) day));
    }

    private static void sideBySide(List<Callable<Void>> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<Void> future : pool.invokeAll(work)) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** What is lost in the middle is filled anew, so that nothing need be safe before the end. */
    private void unsafe(boolean yes) throws SQLException {
        store.jdbi().useHandle(h -> {
            h.getConnection().setAutoCommit(true);
            for (String setting : new String[] {"fsync = off", "full_page_writes = off", "max_wal_size = '8GB'"}) {
                h.execute("ALTER SYSTEM " + (yes ? "SET " + setting : "RESET " + setting.split(" ")[0]));
            }
            h.execute("SELECT pg_reload_conf()");
        });
    }

    private void day(int day, long seed) throws Exception {
        long first = (long) flows * day / DAYS;
        long count = (long) flows * (day + 1) / DAYS - first;
        Instant begin = begin(day);
        try (Connection c = store.connection()) {
            // The same seed twice: flows and hops are two streams of the same day.
            Rows rows = new Rows();
            store.copy(c, "COPY ledger.flow (id, keep, placed, status, marks, contract, key, unit, plugin, route, source, source_type, source_id,"
                    + " first_at, last_at, arrived_at, arrivals, hops, size, cause_at, cause_code, cause, cause_print, terms, hangs) FROM STDIN",
                    out -> rows.each(seed, first, count, begin, out, true));
            store.copy(c, "COPY ledger.hop (flow, at, id, keep, kind, node, plugin, version, route, subscription, source, source_type,"
                    + " source_id, micros, size, cause_code, cause) FROM STDIN", out -> rows.each(seed, first, count, begin, out, false));
            c.commit();
        }
    }

    private void makeIndex(String definition) throws SQLException {
        Results.say(definition.substring(0, Math.min(90, definition.length())) + " …");
        try (Connection c = store.connection(); Statement statement = c.createStatement()) {
            statement.execute("SET LOCAL maintenance_work_mem = '512MB'");
            statement.execute(definition);
            c.commit();
        }
    }

    private List<String> dropIndexes() {
        return store.jdbi().inTransaction(h -> {
            List<String[]> found = h.createQuery("""
                            SELECT c.relname, pg_get_indexdef(c.oid) AS definition FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
                            WHERE i.indrelid = 'ledger.flow'::regclass AND NOT i.indisprimary ORDER BY 1""")
                    .map((row, context) -> new String[] {row.getString(1), row.getString(2)}).list();
            found.forEach(index -> h.execute("DROP INDEX ledger." + index[0]));
            return found.stream().map(index -> index[1].replace(" ON ONLY ", " ON ")).toList();
        });
    }

    private static void openSlices(Connection c, Instant begin) throws SQLException {
        for (int day = 0; day < 3; day++) { // a day of the province touches two of UTC, and a flow's last hop may be in the next
            try (Statement statement = c.createStatement(); ResultSet rows = statement.executeQuery(
                    "SELECT ledger.open_slice(w.what, " + KEEP + ", TIMESTAMPTZ '" + begin.plus(Duration.ofDays(day)) + "')"
                            + " FROM unnest(ARRAY['hop', 'flow']) AS w(what)")) {
                rows.next();
            }
        }
    }

    /** Of one day at a time; for one thread. */
    private final class Rows {

        private final StringBuilder rows = new StringBuilder(1 << 20);
        private final Mac mac;

        private Rows() throws GeneralSecurityException {
            mac = Mac.getInstance(HMAC);
            mac.init(indexKey);
        }

        void each(long seed, long first, long count, Instant begin, OutputStream out, boolean asFlows) throws IOException {
            Random day = new Random(seed);
            rows.setLength(0);
            for (long i = 0; i < count; i++) {
                one(day, first + i, begin.plusMillis(86_400_000L * i / count), asFlows);
                if (rows.length() > 900_000) {
                    out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
                    rows.setLength(0);
                }
            }
            out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        }

        /** All values are drawn whether or not they are written, so that both streams draw the same. */
        private void one(Random day, long number, Instant at, boolean asFlow) {
            UUID id = new UUID(day.nextLong(), day.nextLong());
            Kind kind = kind(day.nextDouble());
            String unit = units.get((int) (Math.pow(day.nextDouble(), 1.5) * units.size()));
            String visit = "V%d%07d".formatted(2026, number);
            String key = unit + "|" + visit;
            String sourceId = "MSG%010d".formatted(number * 7919 % 9_999_999_967L);
            int asset = day.nextInt(200_000);
            int state = day.nextInt(5);
            double fate = day.nextDouble();
            // delivered, refused, dead, settled, ignored, retrying, accepted
            int status = fate < 0.965 ? 1 : fate < 0.977 ? 4 : fate < 0.984 ? 3 : fate < 0.990 ? 6 : fate < 0.994 ? 5 : fate < 0.9941 ? 2 : 0;
            boolean stopped = status >= 2;
            int cause = (int) (Math.pow(day.nextDouble(), 2) * CAUSES.size());
            int size = 200 + day.nextInt(1_800);
            int detail = day.nextInt(100_000);
            String code = stopped ? CAUSES.get(cause)[0] : null;
            String sentence = stopped ? CAUSES.get(cause)[1].replace("#", Integer.toString(detail)) : null;
            if (asFlow) {
                if (number % Math.max(1, flows / 3_000) == 0) {
                    samples.add(new Sample(id, key, unit, sourceId, visit, at));
                }
                flow(rows, id, at, status, kind, key, unit, sourceId, size, code, sentence, cause,
                        new long[] {term("visit", visit), term("asset", "A" + asset), term("state", "s" + state)});
            } else {
                hops(rows, id, at, number, kind, status, sourceId, size, code, sentence);
            }
        }

        private long term(String name, String value) {
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(value.getBytes(StandardCharsets.UTF_8))).getLong();
        }
    }

    private static Kind kind(double drawn) {
        double left = drawn;
        for (Kind kind : KINDS) {
            left -= kind.share();
            if (left < 0) {
                return kind;
            }
        }
        return KINDS.get(0);
    }

    static long print(int cause) {
        return 0x51_0000L + cause;
    }

    private static void flow(StringBuilder rows, UUID id, Instant at, int status, Kind kind, String key, String unit, String sourceId,
                             int size, String code, String sentence, int cause, long[] terms) {
        boolean refused = status == 4 || status == 5;
        rows.append(id).append('\t').append(KEEP).append('\t').append(at).append('\t').append(status).append('\t')
                .append(status == 1 ? 3 : refused ? 4 : 17).append('\t').append(kind.contract()).append('\t')
                .append(refused ? "\\N" : key).append('\t').append(refused ? "\\N" : unit).append('\t').append(kind.plugin()).append('\t')
                .append(kind.route()).append("\tmllp 10.20.").append(unit, 2, 4).append('.').append(unit, 4, 6).append(" SCSY\t")
                .append("ADT^A01\t").append(sourceId).append('\t').append(at).append('\t').append(at.plusMillis(700)).append('\t').append(at)
                .append("\t1\t").append(HOPS).append('\t').append(size).append('\t')
                .append(code == null ? "\\N" : at).append('\t').append(code == null ? "\\N" : code).append('\t')
                .append(sentence == null ? "\\N" : sentence).append('\t').append(code == null ? "\\N" : Long.toString(print(cause))).append('\t');
        if (refused) {
            rows.append("\\N");
        } else {
            rows.append('{').append(terms[0]).append(',').append(terms[1]).append(',').append(terms[2]).append('}');
        }
        rows.append('\t').append(status == 0 ? "t" : "\\N").append('\n');
    }

    private static void hops(StringBuilder rows, UUID id, Instant at, long number, Kind kind, int status, String sourceId, int size,
                             String code, String sentence) {
        boolean refused = status == 4 || status == 5;
        for (int hop = 0; hop < HOPS; hop++) {
            int hopKind = refused ? hop == 0 ? 1 : 2 : hop == 0 ? 0 : hop == 1 ? 5 : status == 3 && hop == 3 ? 8 : 6;
            boolean arrival = hop == 0;
            boolean why = code != null && (refused ? arrival : hop == 3);
            rows.append(id).append('\t').append(at.plusMillis(hop * 200L)).append('\t').append(number * HOPS + hop).append('\t').append(KEEP)
                    .append('\t').append(hopKind).append("\tsichuan-1\t").append(kind.plugin()).append("\t0.4.2\t").append(kind.route()).append('\t')
                    .append(arrival ? "\\N" : hop == 1 ? "store" : kind.subscription()).append('\t')
                    .append(arrival ? "mllp 10.20.1.1 SCSY" : "\\N").append('\t').append(arrival ? "ADT^A01" : "\\N").append('\t')
                    .append(arrival ? sourceId : "\\N").append("\t850\t").append(size).append('\t')
                    .append(why ? code : "\\N").append('\t').append(why ? sentence : "\\N").append('\n');
        }
    }
}
