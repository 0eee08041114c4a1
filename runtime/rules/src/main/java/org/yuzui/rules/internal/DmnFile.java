package org.yuzui.rules.internal;

import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DMN file as XML: which element stands on which line, and what valid DMN may still not have here. It is read before
 * KIE sees it, and without anything from outside: a document type is refused.
 */
final class DmnFile {

    /** What an author writes to say that an input or one of its components may be missing. */
    static final String OWN_NAMESPACE = "https://yuzui.org/dmn";

    private static final Pattern DMN = Pattern.compile("https?://www\\.omg\\.org/spec/DMN/\\d+/(MODEL/?|dmn\\.xsd)");
    private static final Pattern TEXT_LITERAL = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"");
    private static final Pattern CLOCK = Pattern.compile("\\b(today|now)\\s*\\(\\s*\\)");
    private static final Pattern EXTERNAL = Pattern.compile("\\)\\s*external\\b");
    private static final List<String> SENSITIVITIES = List.of("public", "internal", "personal", "secret");
    private static final Set<String> UNTYPED = Set.of("Any", "context");

    private final HubFile file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> optional = new HashSet<>();
    private final Map<String, String> chinese = new HashMap<>();
    private final Map<String, String> english = new HashMap<>();
    private final Map<String, String> sensitivities = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private DmnFile(HubFile file) {
        this.file = file;
    }

    static DmnFile read(HubFile file) {
        DmnFile dmn = new DmnFile(file);
        // The JDK's own: what else is on the class path may open what it should not.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(file.bytes()));
            dmn.walk(xml);
            xml.close();
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            dmn.problems.clear();
            dmn.problem("bad-xml", line, "This is not well-formed XML: " + saying(e) + ".", "Save the table again from a DMN editor.");
        }
        return dmn;
    }

    private static String saying(XMLStreamException e) {
        return String.valueOf(e.getMessage()).replaceFirst("(?s)^ParseError at .*\\nMessage: ", "")
                .replaceAll("\\s+", " ").replaceFirst("\\.$", "");
    }

    private void walk(XMLStreamReader xml) throws XMLStreamException {
        Deque<Integer> inputs = new ArrayDeque<>();
        boolean root = true;
        String input = null;
        boolean typed = false;
        while (xml.hasNext()) {
            int event = xml.next();
            int line = xml.getLocation().getLineNumber();
            if (event == XMLStreamConstants.DTD) {
                problem("xml-doctype", line, "A rule has no document type.", "Take the <!DOCTYPE …> out.");
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                String element = xml.getLocalName();
                if (root) {
                    root = false;
                    root(xml, line);
                }
                element(xml, element, line);
                if (element.equals("inputData")) {
                    inputs.push(line);
                    input = xml.getAttributeValue(null, "name");
                    typed = false;
                } else if (element.equals("variable") && input != null) {
                    String type = xml.getAttributeValue(null, "typeRef");
                    typed = type != null && !UNTYPED.contains(type.substring(type.indexOf(':') + 1));
                }
            } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("inputData")) {
                int began = inputs.pop();
                if (!typed) {
                    problem("untyped-input", began, "The input '" + input + "' has no type.",
                            "Give its variable a typeRef: number, string, boolean, date …, or an itemDefinition of its own.");
                }
                input = null;
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text(xml.getText(), line);
            }
        }
    }

    private void root(XMLStreamReader xml, int line) {
        if (!xml.getLocalName().equals("definitions") || xml.getNamespaceURI() == null
                || !DMN.matcher(xml.getNamespaceURI()).matches()) {
            problem("not-dmn", line, "This is not a DMN model: it begins with <" + xml.getLocalName() + ">.",
                    "The root is <definitions> in a namespace of OMG's DMN, such as https://www.omg.org/spec/DMN/20191111/MODEL/.");
        }
    }

    private void element(XMLStreamReader xml, String element, int line) {
        String id = xml.getAttributeValue(null, "id");
        String name = xml.getAttributeValue(null, "name");
        if (id != null) {
            lines.put(id, line);
        }
        if (name != null && Set.of("inputData", "decision", "itemComponent", "businessKnowledgeModel").contains(element)) {
            names.add(name);
        }
        if (element.equals("import")) {
            problem("unsupported-import", line, "A rule can't import another model yet.", "Copy what it needs into this file.");
        }
        String kind = xml.getAttributeValue(null, "kind");
        if (kind != null && !kind.equals("FEEL")) {
            problem("impure-rule", line, "A function of kind " + kind + " reaches outside the rule.",
                    "Write it in FEEL, or let the route work it out and give it to the rule as an input.");
        }
        title(chinese, "zh", xml, id, element, line);
        title(english, "en", xml, id, element, line);
        sensitivity(xml.getAttributeValue(OWN_NAMESPACE, "sensitivity"), id, element, line);
        String mayMiss = xml.getAttributeValue(OWN_NAMESPACE, "optional");
        if (mayMiss == null) {
            return;
        }
        if (!Set.of("inputData", "itemComponent").contains(element) || !Set.of("true", "false").contains(mayMiss)) {
            problem("bad-optional", line, "yuzui:optional=\"" + mayMiss + "\" can't stand at <" + element + ">.",
                    "Write \"true\" or \"false\" at an inputData or an itemComponent.");
        } else if (mayMiss.equals("true")) {
            if (id == null) {
                problem("bad-optional", line, "What is optional needs an id.", "Give <" + element + "> an id.");
            } else {
                optional.add(id);
            }
        }
    }

    private void title(Map<String, String> titles, String language, XMLStreamReader xml, String id, String element, int line) {
        String title = xml.getAttributeValue(OWN_NAMESPACE, language);
        if (title == null) {
            return;
        }
        if (id == null) {
            problem("bad-title", line, "What has a yuzui:" + language + " needs an id.", "Give <" + element + "> an id.");
        } else {
            titles.put(id, title.strip());
        }
    }

    private void sensitivity(String level, String id, String element, int line) {
        if (level == null) {
            return;
        }
        if (!Set.of("inputData", "itemComponent", "decision").contains(element) || id == null) {
            problem("bad-sensitivity", line, "yuzui:sensitivity can't stand at <" + element + "> here.",
                    "Write it at an inputData, an itemComponent or a decision, with an id.");
        } else if (!SENSITIVITIES.contains(level)) {
            problem("bad-sensitivity", line, "'" + level + "' is no sensitivity.", KnownKeys.cure(level, SENSITIVITIES));
        } else {
            sensitivities.put(id, level);
        }
    }

    /** @param line on which the text ends */
    private void text(String text, int line) {
        texts.add(text);
        if (text.indexOf('(') < 0) {
            return;
        }
        String code = TEXT_LITERAL.matcher(text).replaceAll("\"\"");
        Matcher clock = CLOCK.matcher(code);
        if (clock.find()) {
            problem("impure-rule", line, clock.group(1) + "() reads the clock: the same input would not always decide the same.",
                    "Let the route give the day as an input.");
        }
        if (EXTERNAL.matcher(code).find()) {
            problem("impure-rule", line, "An external function reaches outside the rule.",
                    "Write it in FEEL, or let the route work it out and give it to the rule as an input.");
        }
    }

    private void problem(String code, int line, String message, String cure) {
        problems.add(new Problem(code, line > 0 ? file.path() + ":" + line : file.path(), message, cure));
    }

    List<Problem> problems() {
        return problems;
    }

    /** Whether the element of that id is marked as one that may be missing. */
    boolean isOptional(String id) {
        return id != null && optional.contains(id);
    }

    /**
     * How the element of that id is called in both languages.
     *
     * @param name its name or label, in a language that nobody knows
     */
    Title title(String id, String name) {
        return new Title(id == null ? name : chinese.getOrDefault(id, name), id == null ? name : english.getOrDefault(id, name));
    }

    /** {@code public, internal, personal, secret}; null when the file says nothing. */
    String sensitivity(String id) {
        return id == null ? null : sensitivities.get(id);
    }

    /** All its text: expressions, notes, descriptions. */
    List<String> texts() {
        return texts;
    }

    /** The names that expressions may use, for naming the nearest. */
    Set<String> names() {
        return names;
    }

    /** File and line of an element; the file alone when neither its id nor a line is known. */
    String place(String id, int otherwise) {
        int line = id == null ? otherwise : lines.getOrDefault(id, otherwise);
        return line > 0 ? file.path() + ":" + line : file.path();
    }
}
