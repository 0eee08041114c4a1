package org.yuzui.container.internal.settings;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Where each piece of a YAML document stands in its text, aliases as aliases: what a parsed tree doesn't tell. Made of a text
 * that is known to parse.
 */
final class YamlShape {

    enum Kind { MAPPING, SEQUENCE, SCALAR, ALIAS }

    /**
     * A value.
     *
     * @param start  of its anchor and tag, if it has any
     * @param end    of its last character; a block collection ends with its last value
     * @param style  {@code '}, {@code "}, {@code |}, {@code >}; {@code {} for a flow collection; a space for all others
     * @param anchor its anchor, for an alias that of what it stands for; null when there is none
     */
    record Piece(Kind kind, int start, int end, char style, String anchor, List<Entry> entries) {

        boolean isFlow() {
            return style == '{';
        }

        boolean isBlockText() {
            return style == '|' || style == '>';
        }

        boolean isEmptyScalar() {
            return kind == Kind.SCALAR && start == end;
        }

        Entry entry(String key) {
            return entries.stream().filter(e -> e.key().equals(key)).findFirst().orElse(null);
        }
    }

    /** @param key the item's index in a list, where {@code keyEnd} is where its value starts */
    record Entry(String key, int keyStart, int keyEnd, Piece value) {
    }

    private final String text;
    private final int[] offsets;
    private final Iterator<Event> events;
    private final Map<String, String> anchored = new HashMap<>();
    private final Piece root;

    private YamlShape(String text) {
        this.text = text;
        this.offsets = offsets(text);
        this.events = new Parse(LoadSettings.builder().setMaxAliasesForCollections(20).build()).parseString(text).iterator();
        Piece found = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (isNode(event)) {
                found = read(event);
            }
        }
        this.root = found;
    }

    static YamlShape of(String text) {
        return new YamlShape(text);
    }

    /** Null when the document is empty. */
    Piece root() {
        return root;
    }

    /** The pieces from the root down to the pointer's; shorter when the way ends at an alias or in nothing. */
    List<Piece> way(List<String> steps) {
        List<Piece> way = new ArrayList<>();
        Piece piece = root;
        for (int i = 0; piece != null; i++) {
            way.add(piece);
            Entry entry = i < steps.size() ? piece.entry(steps.get(i)) : null;
            piece = entry == null ? null : entry.value();
        }
        return way;
    }

    /** Null when there is no such piece, or when it stands behind an alias. */
    Piece at(List<String> steps) {
        List<Piece> way = way(steps);
        return way.size() == steps.size() + 1 ? way.get(steps.size()) : null;
    }

    private static boolean isNode(Event event) {
        return event instanceof CollectionStartEvent || event instanceof ScalarEvent || event instanceof AliasEvent;
    }

    private Piece read(Event event) {
        int start = start(event);
        if (event instanceof AliasEvent alias) {
            return new Piece(Kind.ALIAS, start, end(event), ' ', alias.getAlias().getValue(), List.of());
        }
        if (event instanceof ScalarEvent scalar) {
            String anchor = scalar.getAnchor().map(Object::toString).orElse(null);
            if (anchor != null) {
                anchored.put(anchor, scalar.getValue());
            }
            return new Piece(Kind.SCALAR, start, end(event), style(scalar.getScalarStyle()), anchor, List.of());
        }
        CollectionStartEvent collection = (CollectionStartEvent) event;
        boolean mapping = event instanceof MappingStartEvent;
        boolean flow = collection.getFlowStyle() == FlowStyle.FLOW;
        List<Entry> entries = new ArrayList<>();
        int end = end(event);
        while (true) {
            Event next = events.next();
            if (next instanceof CollectionEndEvent) {
                end = flow ? end(next) : end;
                break;
            }
            Entry entry = mapping ? pair(next) : item(next, entries.size());
            entries.add(entry);
            end = entry.value().end();
        }
        return new Piece(mapping ? Kind.MAPPING : Kind.SEQUENCE, start, end, flow ? '{' : ' ',
                collection.getAnchor().map(Object::toString).orElse(null), List.copyOf(entries));
    }

    private Entry pair(Event keyEvent) {
        Piece key = read(keyEvent);
        String name = keyEvent instanceof ScalarEvent scalar ? scalar.getValue() : anchored.getOrDefault(key.anchor(), "");
        return new Entry(name, key.start(), key.end(), read(events.next()));
    }

    private Entry item(Event event, int index) {
        Piece value = read(event);
        return new Entry(Integer.toString(index), value.start(), value.start(), value);
    }

    private static char style(ScalarStyle style) {
        return switch (style) {
            case SINGLE_QUOTED -> '\'';
            case DOUBLE_QUOTED -> '"';
            case LITERAL -> '|';
            case FOLDED -> '>';
            default -> ' ';
        };
    }

    private int start(Event event) {
        return offset(event.getStartMark().orElseThrow().getIndex());
    }

    private int end(Event event) {
        return offset(event.getEndMark().orElseThrow().getIndex());
    }

    private int offset(int codePoint) {
        return offsets == null ? codePoint : offsets[Math.min(codePoint, offsets.length - 1)];
    }

    /** The library counts code points; null when they are as many as the characters. */
    private static int[] offsets(String text) {
        int points = text.codePointCount(0, text.length());
        if (points == text.length()) {
            return null;
        }
        int[] offsets = new int[points + 1];
        for (int i = 0, at = 0; i < points; i++) {
            offsets[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        offsets[points] = text.length();
        return offsets;
    }

    /** Where the piece's characters end, without the line breaks that a block text takes along. */
    int contentEnd(Piece piece) {
        if (piece.kind() == Kind.SCALAR && piece.isBlockText()) {
            int end = piece.end();
            while (end > piece.start() && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            return end;
        }
        if (!piece.entries().isEmpty() && !piece.isFlow()) {
            return contentEnd(piece.entries().get(piece.entries().size() - 1).value());
        }
        return piece.end();
    }

    /** The last value in it. */
    static Piece last(Piece piece) {
        return piece.entries().isEmpty() || piece.isFlow() ? piece : last(piece.entries().get(piece.entries().size() - 1).value());
    }
}
