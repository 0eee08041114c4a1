package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** {@code yuzui record payload}: what was kept of a record, listed, or one of it. */
@Command(name = "payload")
final class PayloadCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "record.id.parameter")
    private String id;

    @Parameters(index = "1", arity = "0..1", paramLabel = "INDEX")
    private Integer index;

    @Option(names = "--unmask")
    private boolean unmask;

    @Option(names = "--reason", paramLabel = "TEXT")
    private String reason;

    @Option(names = "--output", paramLabel = "FILE")
    private Path output;

    @Override
    public Integer call() {
        if ((unmask || output != null) && (index == null || reason == null)) {
            throw new Failure(ExitCode.USAGE, text("payload.needs-reason"));
        }
        String path = "/api/v1/records/" + HubClient.encode(id) + "/payloads";
        if (index == null) {
            return list(hub().get(path));
        }
        String one = path + "/" + index;
        if (output != null) {
            hub().download(one + "/raw", Map.of("reason", reason), output);
            out().println(text("payload.written", output));
            return ExitCode.OK.number();
        }
        return show(unmask ? hub().post(one + "/unmask", new HashMap<>(Map.of("reason", reason))) : hub().get(one));
    }

    private int list(byte[] body) {
        if (json()) {
            print(body);
            return ExitCode.OK.number();
        }
        Table table = new Table(text("payload.index"), text("payload.at"), text("payload.subscription"), text("payload.format"),
                text("payload.size"), text("payload.kept"));
        for (JsonNode one : HubClient.parse(body).path("payloads")) {
            table.row(text(one.path("index")), text("payload.at." + one.path("at").asText()), text(one.path("subscription")),
                    text(one.path("format")), text(one.path("size")),
                    one.path("kept").asBoolean() ? "✓" : text("payload.why." + one.path("why").asText()));
        }
        table.print(out());
        return ExitCode.OK.number();
    }

    private int show(byte[] body) {
        if (json()) {
            print(body);
            return ExitCode.OK.number();
        }
        JsonNode shown = HubClient.parse(body);
        if (shown.path("content").isNull()) {
            out().println(text("payload.hidden", shown.path("format").asText(), shown.path("total").asLong()));
            return ExitCode.OK.number();
        }
        String content = shown.path("content").asText();
        boolean bytes = shown.path("encoding").asText().equals("base64");
        // Segments of HL7 end with a carriage return, which a terminal would write over.
        out().println(bytes ? hex(Base64.getDecoder().decode(content)) : harmless(content.replace("\r\n", "\n").replace('\r', '\n')));
        if (shown.path("truncated").asBoolean()) {
            err().println(text("payload.truncated", shown.path("total").asLong()));
        }
        if (shown.path("masked").asBoolean()) {
            err().println(text("payload.masked"));
        }
        return ExitCode.OK.number();
    }

    /** Sixteen a line, with the letters beside them that are letters everywhere. */
    private static String hex(byte[] bytes) {
        StringBuilder s = new StringBuilder();
        for (int line = 0; line < bytes.length; line += 16) {
            StringBuilder letters = new StringBuilder();
            s.append(String.format("%08x ", line));
            for (int i = line; i < line + 16; i++) {
                s.append(i < bytes.length ? String.format(" %02x", bytes[i]) : "   ");
                letters.append(i >= bytes.length ? "" : bytes[i] >= ' ' && bytes[i] < 127 ? Character.toString(bytes[i]) : ".");
            }
            s.append("  ").append(letters).append(line + 16 < bytes.length ? "\n" : "");
        }
        return s.toString();
    }
}
