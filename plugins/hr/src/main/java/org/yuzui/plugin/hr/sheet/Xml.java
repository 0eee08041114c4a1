package org.yuzui.plugin.hr.sheet;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A part in XML, event by event. A document type is refused, so no entity is ever defined or fetched. */
final class Xml implements Closeable {

    private static final XMLInputFactory FACTORY = factory();
    private static final int DEEPEST = 64;

    private final InputStream in;
    private final String part;
    private final XMLStreamReader xml;
    private int depth;

    Xml(InputStream in, String part) throws IOException {
        this.in = in;
        this.part = part;
        try {
            this.xml = FACTORY.createXMLStreamReader(in);
        } catch (XMLStreamException | RuntimeException e) {
            in.close();
            throw explain(e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLReporter((message, type, related, location) -> { }); // it would write to the console
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    /** Goes on to the next element that begins or ends, or to text. @return null at the end */
    Event next() {
        try {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > DEEPEST) {
                            throw Workbook.damaged(part);
                        }
                        return Event.START;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        return Event.END;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        return Event.TEXT;
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw new BadSheet("dtd", part,
                            "工作簿的 XML 含有文档类型声明或实体。/ The workbook's XML has a document type or entities of its own, which no spreadsheet writes. "
                                    + "Save the workbook anew.");
                    default -> { }
                }
            }
            return null;
        } catch (XMLStreamException e) {
            throw explain(e);
        } catch (BadSheet e) {
            throw e;
        } catch (RuntimeException e) { // the JDK's parser throws others than its own at hostile input
            throw explain(e);
        }
    }

    private RuntimeException explain(Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof BadSheet bad) {
                return bad;
            }
            if (t instanceof XMLStreamException x && x.getNestedException() != null && x.getNestedException() instanceof BadSheet bad) {
                return bad;
            }
        }
        return Workbook.damaged(part);
    }

    String name() {
        return xml.getLocalName();
    }

    String text() {
        return xml.getText();
    }

    /** Empty when it isn't there. */
    String attribute(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    /** The attribute of that name which belongs to another namespace, such as {@code r:id}. */
    String foreign(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name) && xml.getAttributeNamespace(i) != null) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    boolean flag(String name) {
        String value = attribute(name);
        return value.equals("1") || value.equals("true");
    }

    /** @return {@code otherwise} when it is no whole number */
    int number(String name, int otherwise) {
        String value = attribute(name);
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : otherwise;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    enum Event { START, END, TEXT }
}
