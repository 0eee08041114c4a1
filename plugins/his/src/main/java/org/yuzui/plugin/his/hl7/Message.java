package org.yuzui.plugin.his.hl7;

import java.util.ArrayList;
import java.util.List;

/** A decoded message: its segments in their order. Ends of segments may be CR, LF or both. */
public final class Message {

    private final List<Segment> segments;

    private Message(List<Segment> segments) {
        this.segments = segments;
    }

    /** @throws Refusal when it doesn't begin with a usable MSH */
    public static Message parse(String text) {
        int start = Header.begin(text);
        Delimiters delimiters = Delimiters.of(text.substring(start, Header.endOfSegment(text, start)));
        List<Segment> segments = new ArrayList<>();
        for (int from = start; from < text.length(); ) {
            int to = Header.endOfSegment(text, from);
            if (to - from >= 3) {
                segments.add(new Segment(text.substring(from, from + 3), text.substring(from, to), delimiters));
            }
            from = to + 1;
        }
        return new Message(segments);
    }

    /** The first segment with that id, or one whose fields are all empty. */
    public Segment first(String id) {
        for (Segment segment : segments) {
            if (segment.id().equals(id)) {
                return segment;
            }
        }
        return Segment.none();
    }

    public List<Segment> segments() {
        return List.copyOf(segments);
    }
}
