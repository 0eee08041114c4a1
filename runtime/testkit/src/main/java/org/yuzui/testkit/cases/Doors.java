package org.yuzui.testkit.cases;

import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.Hub;

import java.util.List;
import java.util.Locale;

/** Finds the door of a case: the one that it names, or the only one that fits the plugin and the given file. */
public final class Doors {

    private final Overlay overlay;

    public Doors(Overlay overlay) {
        this.overlay = overlay;
    }

    /** @param hub may be null for doors that lead through the network or a folder */
    public Door of(CaseFile example, Hub hub) {
        Door.Kind kind = example.door() != null ? example.door() : usual(example);
        return switch (kind) {
            case MLLP, TCP -> new SocketDoor(kind, overlay.port(portSetting(example, kind)));
            case HTTP -> new HttpDoor(overlay.port(portSetting(example, kind)), httpPath(example));
            case FILE -> new FileDoor(overlay.folder(folderSetting(example), example.settings()), example.patience());
            case RECORD -> new RecordDoor(hub.records(), contract(example));
        };
    }

    private Door.Kind usual(CaseFile example) {
        boolean hl7 = example.given().stream().anyMatch(g -> g.toString().endsWith(".hl7"));
        List<String> protocols = overlay.portSettings().stream().map(overlay::protocol).toList();
        if (hl7 && protocols.contains("mllp")) {
            return Door.Kind.MLLP;
        }
        if (example.to() != null && overlay.folderSettings().contains(example.to())) {
            return Door.Kind.FILE;
        }
        if (example.to() != null && example.to().matches(".+\\.v\\d+")) {
            return Door.Kind.RECORD;
        }
        for (Door.Kind kind : List.of(Door.Kind.MLLP, Door.Kind.HTTP, Door.Kind.TCP)) {
            if (protocols.contains(kind.name().toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        if (!overlay.portSettings().isEmpty()) {
            return Door.Kind.TCP;
        }
        if (!overlay.folderSettings().isEmpty()) {
            return Door.Kind.FILE;
        }
        throw wrong(example, "no-door", "The plugin has neither a port nor a folder that something could come in by.",
                "Mark the folder's setting with \"x-folder\": true in settings.schema.json, name the port in plugin.yaml under "
                        + "listens, or write 'door: record' and 'to: contract'.");
    }

    private String portSetting(CaseFile example, Door.Kind kind) {
        List<String> all = overlay.portSettings();
        if (example.to() != null && all.contains(example.to())) {
            return example.to();
        }
        List<String> fitting = all.stream().filter(p -> overlay.protocol(p).equals(kind.name().toLowerCase(Locale.ROOT))).toList();
        List<String> choice = fitting.isEmpty() ? all : fitting;
        if (choice.isEmpty()) {
            throw wrong(example, "no-door", "The plugin has no setting for a port.",
                    "Name the port in plugin.yaml under listens, with the same default in settings.schema.json.");
        }
        return choice.get(0);
    }

    private String folderSetting(CaseFile example) {
        List<String> all = overlay.folderSettings();
        if (example.to() != null) {
            if (all.contains(example.to())) {
                return example.to();
            }
            throw wrong(example, "unknown-setting", "There is no folder setting '" + example.to() + "'.",
                    KnownKeys.cure(example.to(), all) + " A folder's setting is marked with \"x-folder\": true.");
        }
        if (all.isEmpty()) {
            throw wrong(example, "no-door", "The plugin has no setting for a folder.",
                    "Mark it with \"x-folder\": true in settings.schema.json.");
        }
        return all.stream().filter(f -> f.toLowerCase(Locale.ROOT).contains("in")).findFirst().orElse(all.get(0));
    }

    private static String httpPath(CaseFile example) {
        return example.to() == null ? "/" : example.to();
    }

    private static String contract(CaseFile example) {
        if (example.to() == null) {
            throw wrong(example, "missing-key", "The case does not say under which contract its record is published.",
                    "Write 'to: my.thing.v1'.");
        }
        return example.to();
    }

    private static ProblemException wrong(CaseFile example, String code, String message, String cure) {
        return new ProblemException(new Problem(code, "examples/" + example.name() + "/case.yaml", message, cure));
    }
}
