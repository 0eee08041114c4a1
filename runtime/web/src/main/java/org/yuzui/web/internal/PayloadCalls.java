package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.contracts.MaskedBody;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.Keepsake;
import org.yuzui.web.HubServices;
import org.yuzui.web.internal.Payloads.At;
import org.yuzui.web.internal.Payloads.Piece;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was kept of a record: listed, shown masked, unmasked with a reason, downloaded with one. */
final class PayloadCalls {

    private static final String ONE = "/api/v1/records/{id}/payloads/{index}";
    private static final List<String> BYTES = List.of("bytes");
    private static final int SHOWN = 256 * 1024;
    private static final int MOST_SHOWN = 4 * 1024 * 1024;
    /** To mask JSON all of it must be read; of a longer one nothing is shown until it is unmasked. */
    private static final int MOST_MASKED = 8 * 1024 * 1024;
    private static final String DAMAGED = "payload-damaged";
    /** What it is is told by how it begins. */
    private static final int FOR_FORMAT = 8 * 1024;
    private static final int LEAST_REASON = 5;
    private static final int MOST_REASON = 500;

    private final HubServices services;
    private final Json json;

    PayloadCalls(HubServices services, Json json) {
        this.services = services;
        this.json = json;
    }

    record Listed(int index, String at, Integer hop, String subscription, String format, Long size, String sha256, boolean kept, String why,
                  boolean canUnmask) {
    }

    record Shown(int index, String format, String encoding, String content, boolean masked, boolean truncated, long total,
                 List<String> maskedFields) {
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/records/{id}/payloads", this::list).needs(Permission.READ),
                Endpoint.get(ONE, BYTES, this::show).needs(Permission.READ),
                Endpoint.post(ONE + "/unmask", this::unmask).with(BYTES, List.of()).needs(Permission.UNMASK).act("payload-unmask"),
                Endpoint.get(ONE + "/raw", List.of("reason"), this::raw).needs(Permission.UNMASK).act("payload-download"));
    }

    private void list(Context ctx, Query query) {
        List<Listed> listed = new ArrayList<>();
        for (Piece piece : pieces(ctx)) {
            listed.add(listed(listed.size(), piece));
        }
        Answers.send(ctx, json, Map.of("payloads", listed));
    }

    private Listed listed(int index, Piece piece) {
        String at = piece.at().name().toLowerCase(Locale.ROOT);
        Keepsake keepsake = piece.keepsake();
        if (keepsake != null && keepsake.trouble() != null) {
            return new Listed(index, at, piece.hop(), piece.subscription(), null, keepsake.size(), null, false, keepsake.trouble(), false);
        }
        if (!piece.kept()) {
            return new Listed(index, at, piece.hop(), piece.subscription(), null, null, null, false, piece.why(), false);
        }
        if (keepsake == null) {
            byte[] bytes = json.bytes(piece.stored().body());
            return new Listed(index, at, piece.hop(), null, PayloadFormat.JSON.word(), (long) bytes.length, sha256(bytes), true, null, false);
        }
        try (InputStream in = open(piece)) {
            return new Listed(index, at, piece.hop(), piece.subscription(), format(piece, in.readNBytes(FOR_FORMAT)).word(), keepsake.size(),
                    keepsake.sha256(), true, null, piece.open());
        } catch (IOException e) { // one that is damaged must not hide the others
            return new Listed(index, at, piece.hop(), piece.subscription(), null, keepsake.size(), null, false, DAMAGED, false);
        }
    }

    private void show(Context ctx, Query query) throws IOException {
        int index = index(ctx);
        Answers.send(ctx, json, masked(index, piece(ctx, index), bytes(query)));
    }

    private Shown masked(int index, Piece piece, int most) throws IOException {
        if (!piece.open()) {
            return plain(index, piece, most, knownFields(piece));
        }
        try (InputStream in = open(piece)) {
            byte[] beginning = in.readNBytes(piece.at() == At.ARRIVAL ? FOR_FORMAT : MOST_MASKED + 1);
            PayloadFormat format = format(piece, beginning);
            String encoding = PayloadFormat.text(beginning).isPresent() ? "text" : "base64";
            Optional<JsonNode> tree = piece.at() == At.ARRIVAL || piece.contract() == null || format != PayloadFormat.JSON
                    || beginning.length > MOST_MASKED ? Optional.empty() : tree(beginning);
            if (tree.isEmpty()) {
                return new Shown(index, format.word(), encoding, null, true, false, piece.keepsake().size(), List.of());
            }
            MaskedBody masked = piece.contract().mask(tree.get());
            byte[] bytes = json.bytes(masked.body());
            return new Shown(index, format.word(), "text", cut(bytes, most), !masked.fields().isEmpty(), bytes.length > most,
                    piece.keepsake().size(), masked.fields());
        }
    }

    /** Of a record that was masked when it was taken. */
    private List<String> knownFields(Piece piece) throws IOException {
        if (piece.at() != At.PUBLISHED || piece.contract() == null || !piece.contract().masks()) {
            return List.of();
        }
        if (piece.stored() != null) {
            return piece.contract().maskedFields(piece.stored().body());
        }
        try (InputStream in = open(piece)) {
            return tree(in.readNBytes(MOST_MASKED)).map(piece.contract()::maskedFields).orElse(List.of());
        }
    }

    private Optional<JsonNode> tree(byte[] bytes) {
        try {
            JsonNode tree = json.read(bytes);
            return tree.isObject() ? Optional.of(tree) : Optional.empty();
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private void unmask(Context ctx, Query query) throws IOException {
        JsonNode body = Answers.body(ctx, json, List.of("reason"));
        String reason = reason(body.path("reason").isTextual() ? body.path("reason").asText() : null, "body /reason");
        int most = bytes(query);
        int index = index(ctx);
        Piece piece = piece(ctx, index);
        requireOpenable(piece);
        remember(ctx, piece, reason);
        Answers.send(ctx, json, plain(index, piece, most, piece.open() ? List.of() : knownFields(piece)));
    }

    private void raw(Context ctx, Query query) throws IOException {
        String reason = reason(query.text("reason"), "query reason");
        int index = index(ctx);
        Piece piece = piece(ctx, index);
        requireOpenable(piece);
        PayloadFormat format;
        try (InputStream in = open(piece)) {
            format = format(piece, in.readNBytes(FOR_FORMAT));
        }
        remember(ctx, piece, reason);
        // By its length whoever gets it knows that all of it came: one that turns out to be damaged on the way breaks off.
        ctx.disableCompression().res().setContentLengthLong(total(piece));
        ctx.contentType("application/octet-stream").header("Cache-Control", "no-store")
                .header("Content-Disposition", "attachment; filename=\"" + RecordCalls.id(ctx) + "-" + index + "." + format.suffix() + "\"")
                .result(open(piece));
    }

    /** Before anything is shown. */
    private static void remember(Context ctx, Piece piece, String reason) {
        Deed deed = Deed.of(ctx).because(reason).with("at", piece.at().name().toLowerCase(Locale.ROOT)).with("hop", piece.hop())
                .with("subscription", piece.subscription());
        if (piece.contract() != null) {
            deed.with("contract", piece.contract().id());
        }
        if (piece.keepsake() != null) {
            deed.with("size", piece.keepsake().size()).with("sha256", piece.keepsake().sha256());
        }
        deed.recordFirst();
    }

    private Shown plain(int index, Piece piece, int most, List<String> fields) throws IOException {
        try (InputStream in = open(piece)) {
            byte[] beginning = in.readNBytes(most);
            boolean truncated = in.read() >= 0;
            PayloadFormat format = format(piece, beginning);
            long total = total(piece);
            // A letter that the cut goes through is left out; at the end of all it is no letter.
            Optional<String> text = PayloadFormat.text(beginning).filter(t -> truncated
                    || t.getBytes(StandardCharsets.UTF_8).length == beginning.length);
            return new Shown(index, format.word(), text.isPresent() ? "text" : "base64",
                    text.orElseGet(() -> Base64.getEncoder().encodeToString(beginning)), false, truncated, total, fields);
        }
    }

    private long total(Piece piece) {
        return piece.keepsake() == null ? json.bytes(piece.stored().body()).length : piece.keepsake().size();
    }

    private static String cut(byte[] json, int most) {
        return json.length <= most ? new String(json, StandardCharsets.UTF_8)
                : PayloadFormat.text(Arrays.copyOf(json, most)).orElseThrow();
    }

    private static PayloadFormat format(Piece piece, byte[] beginning) {
        return piece.keepsake() == null || piece.keepsake().content() ? PayloadFormat.JSON : PayloadFormat.of(beginning);
    }

    private InputStream open(Piece piece) {
        if (piece.keepsake() == null) {
            return new ByteArrayInputStream(json.bytes(piece.stored().body()));
        }
        return services.ledger().open(piece.keepsake()).orElseThrow(PayloadCalls::forgotten);
    }

    private List<Piece> pieces(Context ctx) {
        UUID id = RecordCalls.id(ctx);
        Flow flow = services.ledger().flow(id).orElseThrow(() -> RecordCalls.unknown(id));
        return Payloads.of(flow, services);
    }

    private Piece piece(Context ctx, int index) {
        List<Piece> pieces = pieces(ctx);
        if (index >= pieces.size()) {
            throw Refusal.notFound("unknown-payload", "path index", "Of this record there is no payload " + index + ".",
                    "GET /api/v1/records/" + RecordCalls.id(ctx) + "/payloads lists them.");
        }
        Piece piece = pieces.get(index);
        if (!piece.kept()) {
            throw Refusal.notFound("not-kept", "path index", "This was not kept: " + piece.why() + ".",
                    "The contract's x-capture says what is kept; see the guide for plugins.");
        }
        return piece;
    }

    /** Nothing is audited as seen that could not be seen. */
    private void requireOpenable(Piece piece) throws IOException {
        open(piece).close();
    }

    private static Refusal forgotten() {
        return Refusal.notFound("not-kept", "path index", "This was kept as long as it was to be.", null);
    }

    private static int index(Context ctx) {
        String text = ctx.pathParam("index");
        if (!text.matches("\\d{1,6}")) {
            throw Refusal.badRequest("bad-number", "path index", "'" + text + "' is not the place of a payload.", "They count from 0.");
        }
        return Integer.parseInt(text);
    }

    private static int bytes(Query query) {
        return query.number("bytes", 1, MOST_SHOWN, SHOWN);
    }

    private static String reason(String given, String place) {
        String reason = given == null ? "" : given.strip();
        if (reason.codePointCount(0, reason.length()) < LEAST_REASON || reason.length() > MOST_REASON || reason.indexOf('\0') >= 0) {
            throw Refusal.badRequest("no-reason", place, "Nobody sees this without a reason of " + LEAST_REASON + " to " + MOST_REASON
                    + " characters.", "Say why you need it; it stands in the audit from then on.");
        }
        return reason;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
