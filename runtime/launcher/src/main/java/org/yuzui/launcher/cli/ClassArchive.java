package org.yuzui.launcher.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.management.JMException;
import javax.management.ObjectName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The classes that a hub used, left behind for the next start: reading and checking them is most of a start's work.
 * {@code bin/yuzui} says by a system property where the archive belongs while there is none.
 */
final class ClassArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final String WANTED = "yuzui.archive";

    private ClassArchive() {
    }

    /**
     * Writes the archive if one is wanted. To be called when the hub has ended its work: the JVM stands still meanwhile,
     * for a second or two. A JVM that can't do it costs nothing but the faster start.
     */
    static void leaveIfWanted() {
        String wanted = System.getProperty(WANTED);
        if (wanted == null) {
            return;
        }
        Path file = Path.of(wanted).toAbsolutePath();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "vmCds", new Object[] {new String[] {"dynamic_dump", part.toString()}},
                    new String[] {String[].class.getName()});
            if (Files.exists(part)) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                LOG.info("The next start is faster: {}", file.getFileName());
            }
        } catch (JMException | IOException | RuntimeException e) {
            LOG.debug("No class archive", e);
        }
    }
}
