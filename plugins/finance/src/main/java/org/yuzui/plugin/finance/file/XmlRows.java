package org.yuzui.plugin.finance.file;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;

/**
 * A document in XML: the root names it, each element under the root is a row of a table, each element in that a field. A
 * document type declaration is refused, so there are no entities but the five of XML.
 */
public final class XmlRows implements Rows {

    private static final XMLInputFactory FACTORY = factory();

    private final TextFile file;
    private final Mapping mapping;
    private final XMLStreamReader xml;
    private final Meter meter;
    private String document;
    private boolean over;

    public XmlRows(TextFile file, Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
        this.meter = new Meter(file.reader());
        try {
            this.xml = FACTORY.createXMLStreamReader(meter);
        } catch (XMLStreamException e) {
            throw explain(e, 1);
        }
    }

    private static XMLInputFactory factory() {
        // The JDK's own, whatever else lies on a class path.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    @Override
    public String document() {
        return document;
    }

    @Override
    public Row next() throws IOException {
        if (over) {
            return null;
        }
        try {
            if (document == null) {
                openRoot();
            }
            while (true) {
                switch (advance()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        Row row = row();
                        if (row != null) {
                            return row;
                        }
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (!xml.isWhiteSpace()) {
                            throw new BadFile("not-a-table", line(), null, "Text stands between the tables of the document.");
                        }
                    }
                    case XMLStreamConstants.END_DOCUMENT -> {
                        file.requireTrueCharset();
                        over = true;
                        return null;
                    }
                    default -> { }
                }
            }
        } catch (XMLStreamException e) {
            throw explain(e, line());
        } catch (UncheckedIOException e) {
            throw explain(e.getCause(), line());
        } catch (BadFile e) {
            throw e;
        } catch (RuntimeException e) { // the JDK's scanner, on some broken documents
            throw new BadFile("not-xml", 0, null, "The file is not XML that can be read. Export it again.");
        }
    }

    private void openRoot() throws XMLStreamException {
        int event = xml.getEventType();
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = advance();
        }
        document = mapping.document(xml.getLocalName());
        if (document == null) {
            throw new BadFile("unknown-document", line(), xml.getLocalName(),
                    "The document is none of 公共档案, 总账 and 固定资产. Send these, or name the element in the mapping.");
        }
    }

    /** One table row, or null when the mapping doesn't take this table. */
    private Row row() throws XMLStreamException {
        String name = xml.getLocalName();
        int line = line();
        Mapping.Table table = mapping.table(name);
        if (table == null) {
            skip();
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        while (true) {
            int event = advance();
            if (event == XMLStreamConstants.START_ELEMENT) {
                String field = table.field(xml.getLocalName(), xml.getAttributeValue(null, "locID"));
                if (field == null) {
                    skip();
                } else {
                    String called = xml.getLocalName();
                    if (fields.size() > MOST_FIELDS) {
                        throw new BadFile("too-long", line(), name, "A row has more fields than any of the standard.");
                    }
                    String text = text(called).strip();
                    if (!text.isEmpty() && fields.put(field, text) != null) {
                        throw new BadFile("field-twice", line(), name + "/" + called, "The field stands twice in one row.");
                    }
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                return new Row(table.name(), name, fields, line);
            }
        }
    }

    private String text(String field) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = advance();
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA || event == XMLStreamConstants.SPACE) {
                if (text.length() + xml.getTextLength() > LONGEST_TEXT) {
                    throw new BadFile("too-long", line(), field, "The text is longer than " + LONGEST_TEXT + " characters.");
                }
                text.append(xml.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                return text.toString();
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                throw new BadFile("not-a-field", line(), field, "The field holds other elements; it must hold text.");
            }
        }
    }

    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = advance();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (++depth > 16) {
                    throw new BadFile("too-deep", line(), xml.getLocalName(), "Elements are nested deeper than in any document of the standard.");
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private int advance() throws XMLStreamException {
        meter.mark();
        int event = xml.next();
        if (event == XMLStreamConstants.DTD) {
            throw new BadFile("dtd", line(), "DOCTYPE", "The file has a document type declaration. Export it without one.");
        }
        if (event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new BadFile("entity", line(), null, "The file uses an entity. Only &amp; &lt; &gt; &quot; and &apos; are read.");
        }
        return event;
    }

    private int line() {
        return Math.max(xml.getLocation().getLineNumber(), 1);
    }

    private BadFile explain(Throwable e, int line) {
        for (Throwable t = e; t != null; t = t instanceof XMLStreamException x && x.getNestedException() != null
                ? x.getNestedException() : t.getCause()) {
            if (t instanceof CharacterCodingException) {
                return file.undecodable(line);
            }
            if (t instanceof Meter.TooMuch) {
                return new BadFile("too-long", line, null, "An element, a comment or an attribute is longer than any of the standard.");
            }
            if (t.getCause() == t) {
                break;
            }
        }
        return new BadFile("not-xml", line, null, "The file is not well-formed XML here, or it is cut off. Export it again.");
    }

    @Override
    public void close() throws IOException {
        try {
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        } finally {
            file.close();
        }
    }

    /** Bounds what the parser may gather for one event: it keeps a comment or an attribute whole in memory. */
    private static final class Meter extends FilterReader {

        private static final long MOST = 1_000_000;

        private long since;

        Meter(Reader in) {
            super(in);
        }

        void mark() {
            since = 0;
        }

        @Override
        public int read(char[] chars, int offset, int length) throws IOException {
            int n = super.read(chars, offset, length);
            since += Math.max(n, 0);
            if (since > MOST) {
                throw new TooMuch();
            }
            return n;
        }

        private static final class TooMuch extends IOException {
            private static final long serialVersionUID = 1L;
        }
    }
}
