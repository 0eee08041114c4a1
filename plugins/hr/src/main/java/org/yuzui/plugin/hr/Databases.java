package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.yuzui.plugin.hr.database.Database;
import org.yuzui.plugin.hr.roster.BadRoster;
import org.yuzui.plugin.hr.roster.Roster;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the databases of the settings, from where the records end. Thread-safe. */
public final class Databases {

    /** Whether there is a further page. */
    public static final String MORE = "HrMore";

    private static final String NAME = "HrDatabase";
    private static final String FIRST = "HrFirstPage";

    private final HrSettings settings;
    /** What was told of each lately: a row that is wrong is read again as long as it is the newest. */
    private final Map<String, String> told = new ConcurrentHashMap<>();

    public Databases(Settings settings) {
        this.settings = HrSettings.of(settings);
    }

    /**
     * The body becomes the names of all.
     *
     * @throws RefusedException {@code row-of-a-database}: what was wrong with rows goes in once more
     */
    public void names(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof byte[]) {
            throw new RefusedException("row-of-a-database", null, "行须在其数据库中更正，之后会自动再次读取。/ A row is corrected in its database, and read again by "
                    + "itself then. Dismiss this refusal.");
        }
        exchange.getMessage().setBody(new ArrayList<>(settings.databases().keySet()));
    }

    /** The body is a name. */
    public void begin(Exchange exchange) {
        exchange.setProperty(NAME, exchange.getMessage().getBody(String.class));
        exchange.setProperty(MORE, true);
        exchange.setProperty(FIRST, true);
    }

    /** Says whose watermark is to be read. */
    public void ask(Exchange exchange) {
        Database database = database(exchange);
        Message message = exchange.getMessage();
        message.setHeader("HrUnit", database.unit());
        message.setHeader("HrSource", database.name());
        message.setHeader(Headers.SOURCE, "database " + database.name());
        message.setHeader(Headers.SOURCE_ID, database.name());
        message.setHeader(Headers.SOURCE_TYPE, "roster");
    }

    /** The body, the rosters of this source, tells from where on to read; it becomes what was wrong with rows and wasn't told yet. */
    public void read(Exchange exchange) throws IOException {
        Database database = database(exchange);
        String from = null;
        for (JsonNode roster : Acceptance.bodies(exchange)) {
            if (roster.path("id").asText().equals(Acceptance.WATERMARK)) {
                from = roster.path("watermark").asText(null);
            }
        }
        LocalDate day = LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class));
        Database.Page page;
        try {
            page = database.read(from, exchange.getProperty(FIRST, Boolean.class), settings.terms(database.creditCode()), day);
        } catch (SQLException e) {
            throw trouble(database, e);
        }
        Roster roster = new Roster(database.unit(), database.name(), Acceptance.WATERMARK, day, false, page.people(), page.rows(), page.passedOver());
        exchange.setProperty(Taking.PROPERTY, new Taking(roster, null, false, page.watermark(), page.more()));
        exchange.setProperty(MORE, page.more());
        exchange.setProperty(FIRST, false);
        exchange.getMessage().setBody(fresh(database, page.refusal()));
    }

    private List<BadRoster> fresh(Database database, BadRoster refusal) {
        String text = refusal == null ? "" : Rosters.findings(refusal);
        return text.equals(told.put(database.name(), text)) || refusal == null ? List.of() : List.of(refusal);
    }

    /** Without what a driver may quote of a row. */
    private static IOException trouble(Database database, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean away = state.startsWith("08");
        String what = "The database '" + database.name() + "' " + (away ? "can't be reached" : "does not answer the query") + " (SQL state " + state
                + "): " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        IOException trouble = away ? new ConnectException(what) : new IOException(what);
        trouble.initCause(e);
        return trouble;
    }

    /** The body is what was wrong with rows of the page; the others go on. */
    public void complain(Exchange exchange) {
        BadRoster refusal = exchange.getMessage().getBody(BadRoster.class);
        exchange.getMessage().setHeader(Headers.ARRIVED, Rosters.findings(refusal).getBytes(StandardCharsets.UTF_8));
        throw refusal;
    }

    /** To be called when the page is durable or held: what is held is not read past. */
    public void went(Exchange exchange) {
        Taking taking = exchange.getProperty(Taking.PROPERTY, Taking.class);
        if (taking.verdict == Taking.Verdict.HOLD) {
            exchange.setProperty(MORE, false);
        }
    }

    private Database database(Exchange exchange) {
        return settings.databases().get(exchange.getProperty(NAME, String.class));
    }

    /** Units of databases, which are read every few minutes: when nothing was told of one, nothing changed. */
    static List<String> units(HrSettings settings) {
        return settings.databases().values().stream().map(Database::unit).toList();
    }
}
