package org.yuzui.testkit.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.YamlDocument;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One folder under {@code examples/}.
 *
 * @param folder   where it lies
 * @param door     how the given files go in; null for the plugin's usual one
 * @param to       which folder or port setting, path, or contract; null for the only one
 * @param settings over the defaults of the plugin's schema
 * @param units    the unit tree that it needs; null for that of the plugin's cases
 * @param answers  what each given file is answered, the last one for the rest; empty when that doesn't matter
 * @param expected by contract the records that must come of it; empty when none may
 * @param contains whether fields that are not expected may stand in a record
 * @param reasons  codes of the refusals that must come of it
 * @param given    in the order in which they are sent
 * @param repeat   how often each is sent
 * @param schedule run after all that; null for none
 * @param day      what the run is about; null for what it would be now
 * @param alone    whether it needs a hub that has seen nothing before
 * @param files    that must be written, by their path below the hub's working folder
 * @param patience how long the records may take
 * @param known    whether the hub has seen it before: a record that it knows arrives and is not delivered again, so that what routes made of
 *                 it then counts too
 */
public record CaseFile(String name, Path folder, Title title, Door.Kind door, String to, ObjectNode settings, Path units,
                       List<String> answers, Map<String, List<JsonNode>> expected, boolean contains, List<String> reasons,
                       List<Path> given, int repeat, String schedule, LocalDate day, boolean alone, Map<String, Path> files,
                       Duration patience, boolean known) {

    static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final Set<String> KEYS = Set.of("title", "door", "to", "settings", "answer", "contract", "match", "reason",
            "repeat", "schedule", "day", "alone", "patience");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,3})s");
    private static final Pattern ARCHIVE = Pattern.compile(".+\\.(xlsx|zip)");
    private static final Pattern EXPECT = Pattern.compile("expect(?:\\.(.+\\.v\\d+))?\\.json");

    /**
     * All cases of a folder, by name; none when there is no such folder.
     *
     * @throws ProblemException naming file, line and key
     */
    public static List<CaseFile> readAll(Path examples) {
        if (!Files.isDirectory(examples)) {
            return List.of();
        }
        return list(examples).stream().filter(f -> Files.isRegularFile(f.resolve("case.yaml"))).map(CaseFile::read).toList();
    }

    /** The same, each given sent so often. */
    public CaseFile withRepeat(int times) {
        return new CaseFile(name, folder, title, door, to, settings, units, door == Door.Kind.RECORD ? List.of() : answers, expected,
                contains, reasons, given, times, schedule, day, alone, files, patience, known);
    }

    /** The same on a hub that has seen it before. */
    public CaseFile again() {
        return new CaseFile(name, folder, title, door, to, settings, units, door == Door.Kind.RECORD ? List.of() : answers, expected,
                contains, reasons, given, repeat, schedule, day, alone, Map.of(), patience, true);
    }

    private static CaseFile read(Path folder) {
        String name = folder.getFileName().toString();
        YamlDocument yaml = YamlDocument.read(folder.resolve("case.yaml"), "examples/" + name + "/case.yaml");
        yaml.requireKnownKeys("", KEYS);
        JsonNode root = yaml.root();
        Map<String, List<JsonNode>> expected = expected(folder, yaml);
        List<String> reasons = texts(root.path("reason"));
        if (expected.isEmpty() && reasons.isEmpty() && !Files.isDirectory(folder.resolve("expect")) && !root.has("answer")) {
            throw new ProblemException(new Problem("nothing-expected", yaml.name(), "The case expects nothing.",
                    "Put the record into expect.json, or write 'reason: code' for a refusal."));
        }
        String schedule = root.path("schedule").asText(null);
        return new CaseFile(name, folder, Title.of(root.get("title"), name), door(yaml), root.path("to").asText(null),
                root.path("settings").isObject() ? ((ObjectNode) root.get("settings")).deepCopy() : JSON.createObjectNode(),
                Files.isRegularFile(folder.resolve("units.csv")) ? folder.resolve("units.csv") : null,
                texts(root.path("answer")), expected,
                choice(yaml, "/match", "exact", List.of("exact", "contains")).equals("contains"), reasons, given(folder, yaml),
                root.path("repeat").asInt(1), schedule, day(yaml), root.path("alone").asBoolean(schedule != null),
                expectedFiles(folder.resolve("expect")), patience(yaml), false);
    }

    private static Door.Kind door(YamlDocument yaml) {
        if (!yaml.root().has("door")) {
            return null;
        }
        List<String> names = Stream.of(Door.Kind.values()).map(k -> k.name().toLowerCase(Locale.ROOT)).toList();
        return Door.Kind.valueOf(choice(yaml, "/door", null, names).toUpperCase(Locale.ROOT));
    }

    private static String choice(YamlDocument yaml, String pointer, String otherwise, List<String> known) {
        if (yaml.root().at(pointer).isMissingNode()) {
            return otherwise;
        }
        String text = yaml.requireText(pointer);
        if (!known.contains(text)) {
            throw new ProblemException(yaml.problem("unknown-value", pointer, "'" + text + "' is not known here.",
                    org.yuzui.kernel.KnownKeys.cure(text, known)));
        }
        return text;
    }

    private static LocalDate day(YamlDocument yaml) {
        if (!yaml.root().has("day")) {
            return null;
        }
        try {
            return LocalDate.parse(yaml.requireText("/day"));
        } catch (DateTimeParseException e) {
            throw new ProblemException(yaml.problem("bad-value", "/day", "This is no day.", "Write for example 2026-03-02."), e);
        }
    }

    private static Duration patience(YamlDocument yaml) {
        if (!yaml.root().has("patience")) {
            return Duration.ofSeconds(15);
        }
        Matcher m = DURATION.matcher(yaml.requireText("/patience"));
        if (!m.matches()) {
            throw new ProblemException(yaml.problem("bad-duration", "/patience", "This is no time.", "Write for example 30s."));
        }
        return Duration.ofSeconds(Long.parseLong(m.group(1)));
    }

    /** {@code given.*}, or {@code given-1.*, given-2.*} in the order of their numbers. */
    private static List<Path> given(Path folder, YamlDocument yaml) {
        Pattern name = Pattern.compile("given(?:-(\\d{1,4}))?\\..+");
        Map<Integer, Path> found = new TreeMap<>();
        for (Path file : list(folder)) {
            Matcher m = name.matcher(file.getFileName().toString());
            if (m.matches() && (Files.isRegularFile(file) || isArchive(file))) {
                Path other = found.put(m.group(1) == null ? 0 : Integer.parseInt(m.group(1)), file);
                if (other != null) {
                    throw new ProblemException(new Problem("two-given", yaml.name(), file.getFileName() + " and "
                            + other.getFileName() + " have the same number.", "Call them given-1, given-2."));
                }
            }
        }
        if (found.isEmpty() && !yaml.root().has("schedule")) {
            throw new ProblemException(new Problem("nothing-given", yaml.name(), "There is no given.* in the case's folder.",
                    "Put what comes in there, for example given.json."));
        }
        return List.copyOf(found.values());
    }

    /** {@code expect.json} under the case's contract, {@code expect.<contract>.json} under that one. */
    private static Map<String, List<JsonNode>> expected(Path folder, YamlDocument yaml) {
        Map<String, List<JsonNode>> expected = new TreeMap<>();
        for (Path file : list(folder)) {
            Matcher m = EXPECT.matcher(file.getFileName().toString());
            if (m.matches()) {
                String contract = m.group(1) != null ? m.group(1) : yaml.root().path("contract").asText(null);
                if (contract == null) {
                    throw new ProblemException(yaml.problem("missing-key", "", "There is an expect.json, and no 'contract'.",
                            "Write 'contract: " + "my.thing.v1'."));
                }
                expected.put(contract, records(file, "examples/" + folder.getFileName() + "/" + file.getFileName()));
            }
        }
        return expected;
    }

    private static List<JsonNode> records(Path file, String place) {
        try {
            JsonNode tree = JSON.readTree(Files.readAllBytes(file));
            List<JsonNode> records = new ArrayList<>();
            if (tree.isArray()) {
                tree.forEach(records::add);
            } else {
                records.add(tree);
            }
            return records;
        } catch (JsonProcessingException e) {
            throw new ProblemException(new Problem("bad-json", place + ":" + e.getLocation().getLineNr(),
                    "This is not valid JSON: " + e.getOriginalMessage() + ".", null), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Path> expectedFiles(Path folder) {
        Map<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile).forEach(f -> files.put(folder.relativize(f).toString().replace('\\', '/'), f));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(n -> texts.add(n.asText()));
        } else if (node.isValueNode() && !node.isNull()) {
            texts.add(node.asText());
        }
        return texts;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A name for a given file that no other has: its own, with the tag behind a {@code _} before the ending. Plugins that read files
     * may tell by the beginning of a name whose a file is.
     */
    public static String named(Path given, String tag) {
        String name = given.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name + "_" + tag : name.substring(0, dot) + "_" + tag + name.substring(dot);
    }

    private static boolean isArchive(Path file) {
        return Files.isDirectory(file) && ARCHIVE.matcher(file.getFileName().toString()).matches();
    }

    /**
     * The bytes of a given file; one that ends in {@code .hex} holds them as digits, with white space and {@code #} remarks, and a folder
     * called {@code .xlsx} or {@code .zip} is the archive of what lies in it, the same each time.
     */
    public static byte[] bytes(Path file) {
        try {
            if (isArchive(file)) {
                return archive(file);
            }
            return file.toString().endsWith(".hex")
                    ? HexFormat.of().parseHex(Files.readString(file).replaceAll("#.*", "").replaceAll("\\s+", ""))
                    : Files.readAllBytes(file);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(new Problem("not-hex", file.toString(), "The file is not made of pairs of hexadecimal digits.",
                    "Write two digits for each byte, or give the bytes themselves in a file that is not called .hex."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] archive(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes); Stream<Path> all = Files.walk(folder)) {
            for (Path part : all.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(folder.relativize(part).toString().replace('\\', '/'));
                entry.setTimeLocal(LocalDate.EPOCH.plusYears(10).atStartOfDay());
                zip.putNextEntry(entry);
                Files.copy(part, zip);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
