package org.yuzui.launcher.demo.gbt24589;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.launcher.demo.Inbox;
import org.yuzui.launcher.demo.things.Thing;
import org.yuzui.launcher.demo.things.Things;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes files for the books of the finance plugin's settings, each whole or not at all, and looks what becomes of them. */
public final class FinanceSender {

    private static final String SETTINGS = "config/plugins/finance.yaml";
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final Inbox inbox;
    private final Map<String, String> books = new LinkedHashMap<>();
    private final long seed;

    /** @param home of the hub: its settings say where files go, and whose */
    public FinanceSender(Path home, long seed) {
        JsonNode root = YamlDocument.read(home.resolve(SETTINGS), SETTINGS).root();
        this.inbox = new Inbox(home.resolve(root.path("inbox").asText("in/finance")));
        this.seed = seed;
        root.path("books").properties().forEach(b -> books.put(b.getKey(), b.getValue().path("unit").asText()));
        if (books.isEmpty()) {
            throw new ProblemException(new Problem("no-books", SETTINGS + " books", "No book has a unit.",
                    "Write for example 'books: {jinjiang: {unit: 510104-F01}}'."));
        }
    }

    /** What is wrong with what is sent. */
    public enum Fault { NONE, UNBALANCED, WRONG_CHARSET }

    public Path inbox() {
        return inbox.folder();
    }

    /**
     * Every book's public documents and ledgers of the months, and the cards of its assets; of kindergartens only these. Half of the
     * books write GB18030. With a fault, one file of the first book.
     */
    public List<String> send(YearMonth first, YearMonth last, Fault fault) throws IOException {
        List<String> names = new ArrayList<>();
        if (fault != Fault.NONE) {
            String book = books.keySet().iterator().next();
            String name = book + "_" + last + "_" + (fault == Fault.UNBALANCED ? "unbalanced" : "wrong-charset") + ".xml";
            String ledger = Documents.ledger(new Accounts(book, books.get(book), seed), last, "UTF-8", fault == Fault.UNBALANCED);
            inbox.write(name, ledger.getBytes(fault == Fault.UNBALANCED ? StandardCharsets.UTF_8 : GB18030));
            names.add(name);
            return names;
        }
        int i = 0;
        for (Map.Entry<String, String> book : books.entrySet()) {
            Charset charset = i++ % 2 == 0 ? StandardCharsets.UTF_8 : GB18030;
            List<Thing> things = Things.of(book.getValue());
            if (!things.isEmpty()) {
                send(names, book.getKey() + "_" + last + "_assets.xml", Documents.assets(things, charset.name()), charset);
            }
            if (book.getValue().contains("-K")) {
                continue;
            }
            for (int year = first.getYear(); year <= last.getYear(); year++) {
                send(names, book.getKey() + "_" + year + "_public.xml",
                        Documents.publicFile(book.getKey(), "示范单位" + book.getKey(), year, charset.name()), charset);
            }
            Accounts accounts = new Accounts(book.getKey(), book.getValue(), seed);
            for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
                send(names, book.getKey() + "_" + month + "_ledger.xml", Documents.ledger(accounts, month, charset.name(), false), charset);
            }
        }
        return names;
    }

    /** Waits until they have gone from the inbox. @return of each that has gone, whether it was refused */
    public Map<String, Boolean> await(List<String> names, long since, Duration atMost) throws IOException {
        return inbox.await(names, atMost, name -> inbox.isRefused(name, since));
    }

    private void send(List<String> names, String name, String text, Charset charset) throws IOException {
        inbox.write(name, text.getBytes(charset));
        names.add(name);
    }
}
