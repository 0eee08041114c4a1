package org.yuzui.sheet;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import java.io.Closeable;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The elements of one part. A part is UTF-8 and has neither a document type nor anything else that begins with {@code <!}, so that
 * no entity is ever defined and nothing outside the file is ever asked for.
 */
final class PartReader implements Closeable {

    /** A cell's text with every character escaped, and some room. */
    private static final int LONGEST_GAP = 8 * Limits.CELL_TEXT;
    private static final XMLInputFactory XML = factory();

    private final String part;
    private final InputStream in;
    private final XMLStreamReader xml;
    private int depth;

    PartReader(String part, InputStream in) throws IOException {
        this.part = part;
        this.in = in;
        try {
            PushbackInputStream head = new PushbackInputStream(in, 3);
            byte[] mark = head.readNBytes(3);
            if (mark.length < 3 || (mark[0] & 0xFF) != 0xEF || (mark[1] & 0xFF) != 0xBB || (mark[2] & 0xFF) != 0xBF) {
                head.unread(mark);
            }
            this.xml = XML.createXMLStreamReader(new Fence(part, new InputStreamReader(head, StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT))));
        } catch (XMLStreamException e) {
            throw bad(e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    /**
     * The next beginning of an element.
     *
     * @return its local name; null at the end of the part
     */
    String start() throws IOException {
        int event = next();
        while (event != XMLStreamConstants.START_ELEMENT) {
            if (event == XMLStreamConstants.END_DOCUMENT) {
                return null;
            }
            event = next();
        }
        return xml.getLocalName();
    }

    /** The next beginning or end of an element, or piece of text, or end of the part. */
    int next() throws IOException {
        try {
            if (!xml.hasNext()) {
                return XMLStreamConstants.END_DOCUMENT;
            }
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT && ++depth > Limits.DEPTH) {
                throw new BadWorkbook("too-deep", part, "嵌套过深。/ The part is nested deeper than any spreadsheet program writes it. Save the file anew.");
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
            return event;
        } catch (XMLStreamException e) {
            throw bad(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (BadWorkbook e) {
            throw e;
        } catch (RuntimeException e) { // the JDK's reader of broken markup
            throw bad(e);
        }
    }

    /** Of the element that begins or ends here. */
    String name() {
        return xml.getLocalName();
    }

    /** Null when it isn't there; also without its prefix's namespace. */
    String attribute(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    boolean flag(String name) {
        String value = attribute(name);
        return "1".equals(value) || "true".equals(value);
    }

    /** @return {@code otherwise} when it is no whole number */
    int number(String name, int otherwise) {
        String value = attribute(name);
        return value != null && value.matches("\\d{1,9}") ? Integer.parseInt(value) : otherwise;
    }

    /** An attribute of two that differ only in their prefix: the one that has any. */
    String prefixed(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String prefix = xml.getAttributePrefix(i);
            if (xml.getAttributeLocalName(i).equals(name) && prefix != null && !prefix.isEmpty()) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    /**
     * Adds the piece of text that is here.
     *
     * @return false when the text grows longer than a cell's can be; then nothing is added
     */
    boolean text(StringBuilder into) {
        if (into.length() + xml.getTextLength() > Limits.CELL_TEXT) {
            return false;
        }
        into.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private BadWorkbook bad(Exception e) throws IOException {
        for (Throwable t = e; t != null; t = t instanceof XMLStreamException x && x.getNestedException() != null ? x.getNestedException() : t.getCause()) {
            if (t instanceof BadWorkbook bad) {
                return bad;
            }
            if (t instanceof CharacterCodingException) {
                return new BadWorkbook("charset", part, "文件内容不是 UTF-8。/ The part is not UTF-8. Save the file anew with a spreadsheet program.");
            }
            if (t instanceof IOException io && !(t instanceof java.util.zip.ZipException) && !(t instanceof java.io.EOFException)) {
                throw io;
            }
        }
        return new BadWorkbook("bad-xml", part, "文件内容已损坏。/ The part is damaged. Open the file with a spreadsheet program and save it anew.");
    }

    /** Lets nothing through that begins with {@code <!}, and no stretch without markup that is longer than a cell can be. */
    private static final class Fence extends FilterReader {

        private final String part;
        private int gap;
        private boolean opened;

        Fence(String part, Reader in) {
            super(in);
            this.part = part;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            for (int i = offset; i < offset + n; i++) {
                char c = buffer[i];
                if (opened && c == '!') {
                    throw new BadWorkbook("markup-declaration", part, "文件含有文档类型声明、注释之类。/ The part has a document type, a comment or the like, which no "
                            + "spreadsheet program writes. Save the file anew with one.");
                }
                opened = c == '<';
                gap = opened ? 0 : gap + 1;
                if (gap > LONGEST_GAP) {
                    throw new BadWorkbook("too-long", part, "一段文字比单元格所能容纳的还长。/ The part has a piece of text or markup that is longer than a cell can be. "
                            + "Save the file anew.");
                }
            }
            return n;
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }
    }
}
