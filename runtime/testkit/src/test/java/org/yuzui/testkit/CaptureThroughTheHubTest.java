package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.PayloadKeys;
import org.yuzui.ledger.SealCipher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.testkit.Patience.await;

/** What a real hub keeps of the messages that it is sent: whole, once, sealed, and seen by nobody without a reason. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CaptureThroughTheHubTest {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String NAME = "测试一号";
    private static final String ID_NUMBER = "510104199001010019";
    private static final String PERSON = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "title": "A person", "x-key": ["/number"],
             "x-stored": false, "required": ["number", "name", "idNumber"], "additionalProperties": false,
             "properties": {"number": {"type": "string"},
                            "name": {"type": "string", "x-sensitivity": "personal", "x-mask": "name"},
                            "idNumber": {"type": "string", "x-sensitivity": "personal", "x-mask": "id-number"}}}
            """;
    private static final String ROUTES = """
            - route:
                id: read-people
                from:
                  uri: file:IN
                  parameters: {initialDelay: 0, delay: 50, move: done, moveFailed: failed}
                  steps:
                    - setHeader: {name: YuzuiSource, simple: 'file ${header.CamelFileName}'}
                    - setHeader: {name: YuzuiArrived, simple: '${bodyAs(byte[])}'}
                    - convertBodyTo: {type: String, charset: GB18030}
                    - split:
                        tokenize: "\\n"
                        stopOnException: true
                        steps:
                          - filter:
                              simple: '${body} startsWith "{"'
                              steps:
                                - to: record:people.person.v1
            - route:
                id: hand-on
                from:
                  uri: record:people.person.v1?subscription=hand-on&capture=delivered
                  steps:
                    - convertBodyTo: {type: String}
                    - setBody: {simple: 'person ${header.YuzuiKey}'}
                    - to: file:OUT?fileName=${header.YuzuiKey}.txt
            """;

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of();

    @Test
    @Order(1)
    void a_message_is_kept_bit_for_bit_once_for_all_its_records() throws IOException {
        people();
        byte[] roster = (person("A1", NAME, ID_NUMBER) + "\n" + person("A2", "测试二号", "510104199001010027") + "\n"
                + person("A3", "测试三号", "510104199001010035") + "\n").getBytes(GB18030);
        send("roster.txt", roster);

        Set<String> hashes = new HashSet<>();
        for (String key : List.of("A1", "A2", "A3")) {
            JsonNode listed = payloads(key, 3);
            assertThat(listed).extracting(p -> p.at("/at").asText() + " " + p.at("/format").asText() + " " + p.at("/kept").asBoolean())
                    .containsExactly("arrival bytes true", "published json true", "delivered text true");
            hashes.add(listed.at("/0/sha256").asText());
        }
        assertThat(hashes).as("one message of three records").hasSize(1);

        String path = "/records/" + record("A1") + "/payloads";
        assertThat(HUB.get(path + "/0").at("/content").isNull()).as("hidden").isTrue();
        JsonNode published = HUB.get(path + "/1");
        assertThat(published.at("/content").asText()).contains("测***", "510104************");
        assertThat(published.at("/maskedFields")).extracting(JsonNode::asText).containsExactly("/idNumber", "/name");
        JsonNode seen = HUB.post(path + "/0/unmask", "{\"reason\": \"the unit asks who A1 is\"}");
        assertThat(seen.at("/encoding").asText()).isEqualTo("base64");
        assertThat(Base64.getDecoder().decode(seen.at("/content").asText())).isEqualTo(roster);
        assertThat(HUB.post(path + "/2/unmask", "{\"reason\": \"what did the sink get\"}").at("/content").asText()).isEqualTo("person A1");
        JsonNode audited = HUB.get("/audit?act=payload-unmask").at("/entries");
        assertThat(audited).hasSize(2);
        assertThat(audited.at("/1/reason").asText()).isEqualTo("the unit asks who A1 is");
        assertThat(audited.toString()).doesNotContain(NAME).doesNotContain(ID_NUMBER);
    }

    @Test
    @Order(2)
    void what_is_refused_is_kept_as_the_whole_message() throws IOException {
        byte[] broken = (person("B1", NAME, ID_NUMBER).replace("\"idNumber\"", "\"idNumbr\"") + "\n").getBytes(GB18030);
        send("broken.txt", broken);
        await().untilAsserted(() -> assertThat(HUB.get("/records?status=REFUSED").at("/records")).hasSize(1));
        String path = "/records/" + HUB.get("/records?status=REFUSED").at("/records/0/id").asText() + "/payloads";

        assertThat(HUB.get(path).at("/payloads/0/canUnmask").asBoolean()).isTrue();
        assertThat(Base64.getDecoder().decode(HUB.post(path + "/0/unmask", "{\"reason\": \"to mend it\"}").at("/content").asText())).isEqualTo(broken);
    }

    @Test
    @Order(3)
    void a_message_a_hundred_times_as_large_lies_in_a_file_and_is_given_back_whole() throws IOException {
        byte[] large = large("C1", 26 << 20);
        send("large.txt", large);

        JsonNode listed = payloads("C1", 3);
        assertThat(listed.at("/0/size").asLong()).isEqualTo(large.length);
        assertThat(files()).singleElement().satisfies(f -> assertThat(f.getFileName().toString()).isEqualTo(listed.at("/0/sha256").asText()));
        JsonNode seen = HUB.post("/records/" + record("C1") + "/payloads/0/unmask?bytes=1000", "{\"reason\": \"a look at it\"}");
        assertThat(seen.at("/truncated").asBoolean()).isTrue();
        assertThat(seen.at("/total").asLong()).isEqualTo(large.length);
        assertThat(raw("/records/" + record("C1") + "/payloads/0/raw?reason=a%20copy%20of%20it")).isEqualTo(large);
    }

    @Test
    @Order(4)
    void a_source_is_told_nothing_good_while_the_disk_takes_nothing() throws IOException {
        Path payloads = HUB.home().resolve("data/payloads");
        Path aside = HUB.home().resolve("data/payloads.aside");
        Files.move(payloads, aside);
        Files.writeString(payloads, "no folder");
        byte[] large = large("D1", 1 << 20);
        send("full.txt", large);
        await().untilAsserted(() -> assertThat(HUB.home().resolve("in/failed/full.txt")).exists());
        assertThat(HUB.get("/records?contract=people.person.v1&key=D1").at("/records")).isEmpty();

        Files.delete(payloads);
        Files.move(aside, payloads);
        send("full-again.txt", large);

        assertThat(payloads("D1", 3).at("/0/kept").asBoolean()).isTrue();
    }

    @Test
    @Order(5)
    void after_a_rotation_to_sm4_and_a_restart_everything_opens_and_without_the_key_nothing() throws IOException {
        String old = record("A1");
        Path keys = HUB.home().resolve("data/keys/payload.key");
        assertThat(PayloadKeys.rotate(keys, SealCipher.SM4_GCM)).hasSize(2);
        HUB.write("config/hub.yaml", "node: {id: test}\nweb: {port: 0}\nledger: {cipher: sm4-gcm}\n");
        HUB.stop();
        HUB.start();
        send("later.txt", (person("E1", NAME, ID_NUMBER) + "\n").getBytes(GB18030));

        String fresh = record("E1");
        assertThat(payloads("E1", 3).at("/0/kept").asBoolean()).isTrue();
        for (String id : List.of(old, fresh, record("C1"))) {
            assertThat(HUB.get("/records/" + id + "/payloads").at("/payloads/0/kept").asBoolean()).isTrue();
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(keys));
        assertThat(lines.stream().filter(l -> !l.startsWith("#"))).as("no key was added to one that fits").hasSize(2);
        String lost = lines.stream().filter(l -> !l.startsWith("#")).findFirst().orElseThrow();
        Files.write(keys, lines.stream().filter(l -> !l.equals(lost)).toList());
        HUB.stop();
        HUB.start();
        assertThat(HUB.get("/records/" + old + "/payloads").at("/payloads/0/why").asText()).isEqualTo("payload-key-unknown");
        assertThat(HUB.get("/records/" + fresh + "/payloads").at("/payloads/0/kept").asBoolean()).isTrue();
        Files.write(keys, lines);
    }

    @Test
    @Order(6)
    void no_personal_value_lies_anywhere_in_the_data() throws IOException {
        HUB.stop();
        for (byte[] value : List.of(NAME.getBytes(StandardCharsets.UTF_8), NAME.getBytes(GB18030), ID_NUMBER.getBytes(StandardCharsets.US_ASCII))) {
            String needle = new String(value, StandardCharsets.ISO_8859_1);
            assertThat(data()).isNotEmpty().noneMatch(f -> holds(f, needle));
        }
        HUB.start();
    }

    /** Files of parts that are still ending may vanish while they are listed. */
    private static List<Path> data() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(HUB.home().resolve("data"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return files;
    }

    private static boolean holds(Path file, String needle) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(needle);
        } catch (NoSuchFileException e) {
            return false; // a file of a part that is still ending
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void people() {
        PluginJar.of("people", "1.0.0")
                .file("contracts/people.person.v1.schema.json", PERSON)
                .file("routes/people.camel.yaml", ROUTES.replace("file:IN", "file:" + HUB.home().resolve("in"))
                        .replace("file:OUT", "file:" + HUB.home().resolve("out")))
                .dropInto(HUB.home().resolve("plugins"));
        await().untilAsserted(() -> assertThat(HUB.get("/plugins/people").at("/plugin/state").asText()).isEqualTo("RUNNING"));
    }

    private static String person(String number, String name, String idNumber) {
        return "{\"number\": \"%s\", \"name\": \"%s\", \"idNumber\": \"%s\"}".formatted(number, name, idNumber);
    }

    /** One person, and much that is no record and can't be deflated far. */
    private static byte[] large(String number, int size) {
        StringBuilder s = new StringBuilder(size + 200).append(person(number, NAME, ID_NUMBER)).append('\n');
        Random random = new Random(size);
        while (s.length() < size) {
            s.append('#').append(ID_NUMBER);
            for (int i = 0; i < 60; i++) {
                s.append(Long.toString(random.nextLong(), 36));
            }
            s.append('\n');
        }
        return s.toString().getBytes(GB18030);
    }

    private static void send(String name, byte[] content) throws IOException {
        Path in = Files.createDirectories(HUB.home().resolve("in"));
        Path part = HUB.home().resolve(name + ".part");
        Files.write(part, content);
        Files.move(part, in.resolve(name));
    }

    private static String record(String key) {
        await().untilAsserted(() -> assertThat(HUB.get("/records?contract=people.person.v1&key=" + key).at("/records")).hasSize(1));
        return HUB.get("/records?contract=people.person.v1&key=" + key).at("/records/0/id").asText();
    }

    /** When so many hops have told of something. */
    private static JsonNode payloads(String key, int count) {
        String path = "/records/" + record(key) + "/payloads";
        await().untilAsserted(() -> assertThat(HUB.get(path).at("/payloads")).hasSize(count));
        return HUB.get(path).at("/payloads");
    }

    private static byte[] raw(String path) throws IOException {
        HttpURLConnection call = (HttpURLConnection) URI.create("http://127.0.0.1:" + HUB.hub().webPort() + "/api/v1" + path).toURL().openConnection();
        call.setRequestProperty("Authorization", "Bearer " + Files.readString(HUB.home().resolve("data/bootstrap-token")).strip());
        try (InputStream in = call.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(HUB.home().resolve("data/payloads"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
