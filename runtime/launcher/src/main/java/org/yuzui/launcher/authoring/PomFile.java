package org.yuzui.launcher.authoring;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a pom says of the plugin itself; what it inherits from a parent beyond the version is not looked for. */
final class PomFile {

    private PomFile() {
    }

    /** {@code project.version}, {@code project.name} and the pom's properties; empty when there is no pom. */
    static Map<String, String> properties(Path pom) {
        Map<String, String> found = new HashMap<>();
        if (!Files.isRegularFile(pom)) {
            return found;
        }
        Element project = parse(pom);
        Element own = child(project, "properties");
        for (Node n = own == null ? null : own.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e) {
                found.put(e.getTagName(), e.getTextContent().strip());
            }
        }
        Element parent = child(project, "parent");
        String version = text(project, "version", parent == null ? null : text(parent, "version", null));
        if (version != null) {
            found.put("project.version", found.getOrDefault(version.replaceAll("^\\$\\{(.*)}$", "$1"), version));
        }
        String name = text(project, "name", text(project, "artifactId", null));
        if (name != null) {
            found.put("project.name", name);
        }
        return found;
    }

    private static Element parse(Path pom) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(pom.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new ProblemException(new Problem("bad-pom", "pom.xml", "It can't be read: " + e.getMessage(),
                    "Mend it; 'mvn validate' says the line."), e);
        }
    }

    private static Element child(Element of, String name) {
        for (Node n = of.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e && e.getTagName().equals(name)) {
                return e;
            }
        }
        return null;
    }

    private static String text(Element of, String name, String otherwise) {
        Element child = child(of, name);
        return child == null ? otherwise : child.getTextContent().strip();
    }
}
