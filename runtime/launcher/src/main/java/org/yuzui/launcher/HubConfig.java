package org.yuzui.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.broker.BrokerSettings;
import org.yuzui.container.UnsignedPlugins;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.LedgerSettings;
import org.yuzui.ledger.SealCipher;
import org.yuzui.store.StoreSettings;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code config/hub.yaml}, checked: every key is known, every value fits, secrets are resolved.
 *
 * @param home    the unpacked distribution: {@code config, plugins, routes, data} lie in it
 * @param nodeId  who this node is in the ledger and among the nodes of a cluster
 * @param unit    the bureau's unit code
 * @param zone    in which days begin and schedules fire
 * @param webHost where console and API listen
 * @param webPort 0 for any free port
 * @param webHosts further names by which console and API may be called, for a proxy before them
 * @param store   the database
 * @param broker  the broker
 * @param pluginsKept how many versions of a plugin can be gone back to, the present one among them
 * @param pluginDrain how long a version gets to finish what it is working on when another takes its place
 * @param unsigned what is done with plugins that nobody trusted has signed
 * @param filesFrom a kept message of so many bytes lies in a file of its own
 * @param cipher what is kept from now on is sealed with
 */
public record HubConfig(Path home, String nodeId, String unit, ZoneId zone, String webHost, int webPort,
                        List<String> webHosts, StoreSettings store, BrokerSettings broker, int pluginsKept,
                        Duration pluginDrain, UnsignedPlugins unsigned, long filesFrom, SealCipher cipher) {

    /** How messages call the file. */
    public static final String NAME = "config/hub.yaml";

    private static final Map<String, List<String>> KEYS = Map.of(
            "", List.of("node", "timezone", "web", "store", "broker", "plugins", "ledger"),
            "/node", List.of("id", "unit"),
            "/web", List.of("host", "port", "hosts"),
            "/store", List.of("url", "user", "password", "poolSize"),
            "/broker", List.of("url", "user", "password", "bufferTimeout"),
            "/plugins", List.of("keep", "drain", "unsigned"),
            "/ledger", List.of("filesFrom", "cipher"));

    /** @throws ProblemException naming the file, the line and the key */
    public static HubConfig load(Path home) {
        YamlDocument yaml = read(home);
        Values v = new Values(yaml, new Secrets(home));
        Path data = home.resolve("data");
        return new HubConfig(home, v.name("/node/id", "hub"), v.text("/node/unit", "510000"), zone(yaml, v),
                v.text("/web/host", "127.0.0.1"), v.number("/web/port", 8088, 0, 65535), v.texts("/web/hosts"),
                new StoreSettings(v.url("/store/url", "jdbc:postgresql://"), v.text("/store/user", null),
                        v.text("/store/password", null), data.resolve("postgres"), v.number("/store/poolSize", 12, 4, 200)),
                new BrokerSettings(v.url("/broker/url", "tcp://"), v.text("/broker/user", null),
                        v.text("/broker/password", null), data.resolve("artemis"), Ledger.TRAIL, v.bufferTimeout()),
                v.number("/plugins/keep", 5, 1, 100), v.seconds("/plugins/drain", 15, 1, 600),
                v.unsignedPlugins(), v.bytes("/ledger/filesFrom", LedgerSettings.LARGE, 16 << 10, 32 << 20), v.cipher());
    }

    /** Of the file this one alone, for a command that needs no hub and may not have the hub's environment. */
    public static SealCipher cipher(Path home) {
        return new Values(read(home), new Secrets(home)).cipher();
    }

    private static YamlDocument read(Path home) {
        YamlDocument yaml = YamlDocument.read(home.resolve("config").resolve("hub.yaml"), NAME);
        KEYS.forEach((pointer, keys) -> {
            if (!isAbsent(yaml.root().at(pointer))) {
                yaml.requireKnownKeys(pointer, keys);
            }
        });
        return yaml;
    }

    public Path data() {
        return home.resolve("data");
    }

    private static ZoneId zone(YamlDocument yaml, Values v) {
        String text = v.text("/timezone", "Asia/Shanghai");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new ProblemException(yaml.problem("bad-value", "/timezone", "'" + text + "' is not a time zone.",
                    "Write for example Asia/Shanghai."), e);
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private record Values(YamlDocument yaml, Secrets secrets) {

        String text(String pointer, String otherwise) {
            JsonNode node = yaml.root().at(pointer);
            if (isAbsent(node)) {
                return otherwise;
            }
            if (!node.isValueNode()) {
                throw new ProblemException(yaml.problem("wrong-type", pointer, "A single value is expected here.", null));
            }
            return secrets.resolve(node.asText(), text -> yaml.problem("unresolved-value", pointer, text, null));
        }

        String name(String pointer, String otherwise) {
            String text = text(pointer, otherwise);
            if (!text.matches("[A-Za-z0-9-]{1,64}")) {
                throw new ProblemException(yaml.problem("bad-value", pointer, "'" + text + "' is not a name of a node.",
                        "Write up to 64 letters, digits and hyphens, for example sichuan-province."));
            }
            return text;
        }

        List<String> texts(String pointer) {
            JsonNode node = yaml.root().at(pointer);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                texts.add(text(pointer + "/" + i, ""));
            }
            if (!isAbsent(node) && !node.isArray()) {
                throw new ProblemException(yaml.problem("wrong-type", pointer, "A list is expected here.", "Write [a, b]."));
            }
            return List.copyOf(texts);
        }

        int number(String pointer, int otherwise, int least, int most) {
            String text = text(pointer, Integer.toString(otherwise));
            try {
                int number = Integer.parseInt(text.strip());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new ProblemException(yaml.problem("bad-value", pointer, "'" + text + "' is not a number from " + least
                    + " to " + most + ".", "Write for example " + otherwise + "."));
        }

        /** Such as {@code 15 s}. */
        Duration seconds(String pointer, int otherwise, int least, int most) {
            String text = text(pointer, otherwise + " s").strip();
            if (text.matches("\\d{1,4} ?s")) {
                int seconds = Integer.parseInt(text.substring(0, text.length() - 1).strip());
                if (seconds >= least && seconds <= most) {
                    return Duration.ofSeconds(seconds);
                }
            }
            throw new ProblemException(yaml.problem("bad-value", pointer, "'" + text + "' is not a time from " + least + " s to "
                    + most + " s.", "Write for example " + otherwise + " s."));
        }

        /** Such as {@code 256 KiB}. */
        long bytes(String pointer, long otherwise, long least, long most) {
            String text = text(pointer, (otherwise >> 10) + " KiB").strip();
            if (text.matches("\\d{1,6} ?[KM]iB")) {
                long bytes = Long.parseLong(text.substring(0, text.length() - 3).strip()) << (text.charAt(text.length() - 3) == 'K' ? 10 : 20);
                if (bytes >= least && bytes <= most) {
                    return bytes;
                }
            }
            throw new ProblemException(yaml.problem("bad-value", pointer, "'" + text + "' is not a size from " + (least >> 10) + " KiB to "
                    + (most >> 20) + " MiB.", "Write for example " + (otherwise >> 10) + " KiB."));
        }

        String url(String pointer, String prefix) {
            String text = text(pointer, null);
            if (text == null || text.isBlank()) {
                return null;
            }
            if (!text.startsWith(prefix)) {
                throw new ProblemException(yaml.problem("bad-value", pointer, "This URL does not begin with " + prefix + ".",
                        "Leave the key out for the embedded one."));
            }
            return text;
        }

        UnsignedPlugins unsignedPlugins() {
            String text = text("/plugins/unsigned", "allow").strip();
            return Stream.of(UnsignedPlugins.values()).filter(u -> u.name().toLowerCase(Locale.ROOT).equals(text)).findFirst()
                    .orElseThrow(() -> new ProblemException(yaml.problem("bad-value", "/plugins/unsigned", "'" + text
                            + "' is not what can be done with an unsigned plugin.", "Write allow, warn or refuse.")));
        }

        SealCipher cipher() {
            String text = text("/ledger/cipher", SealCipher.AES_GCM.text()).strip();
            return SealCipher.named(text).orElseThrow(() -> new ProblemException(yaml.problem("bad-value", "/ledger/cipher", "'" + text
                    + "' is not a cipher for what is kept.", "Write " + SealCipher.names() + ".")));
        }

        /** Nanoseconds; 0 for {@code auto}. */
        long bufferTimeout() {
            String text = text("/broker/bufferTimeout", "auto").strip();
            if (text.equals("auto")) {
                return 0;
            }
            if (text.matches("\\d+(\\.\\d+)? ?ms")) {
                return Math.round(Double.parseDouble(text.substring(0, text.length() - 2).strip()) * 1_000_000);
            }
            throw new ProblemException(yaml.problem("bad-value", "/broker/bufferTimeout", "'" + text
                    + "' is neither auto nor a time.", "Write auto, or for example 0.4ms."));
        }
    }
}
