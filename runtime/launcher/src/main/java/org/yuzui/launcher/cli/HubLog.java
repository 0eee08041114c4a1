package org.yuzui.launcher.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The log of a running hub: on the terminal, and in files that are kept for a month. */
final class HubLog implements AutoCloseable {

    /** Libraries that tell much of their own life; what matters of it the hub says itself. */
    private static final List<String> QUIET = List.of("org.apache", "org.eclipse", "org.quartz", "org.flywaydb", "com.zaxxer",
            "io.zonky", "io.javalin", "io.netty", "com.networknt", "ca.uhn");
    private static final String TERMINAL = "%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg%n";
    private static final String FILE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{36} - %msg%n";

    private final LoggerContext context;

    private HubLog(LoggerContext context) {
        this.context = context;
    }

    /** Configured in code: that costs a start a fifth of what reading a file of XML does. */
    static HubLog open(Path folder) {
        return open(folder, true);
    }

    /** Only in the file: for hubs that a command runs to try something, of which the terminal shows the results. */
    static HubLog quiet(Path folder) {
        return open(folder, false);
    }

    /** Nowhere: for a command that only reads files with the hub's readers, and tells itself what is wrong. */
    static void none() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }

    private static HubLog open(Path folder, boolean onTerminal) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(new Problem("log-not-writable", folder.toString(),
                    "The log folder can't be made: " + e.getMessage() + ".", "Check who owns the folder above it."), e);
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        if (onTerminal) {
            root.addAppender(started(new ConsoleAppender<>(), context, "terminal", TERMINAL));
        }
        root.addAppender(started(file(folder, context), context, "file", FILE));
        QUIET.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        // It says what it decided about, values and all; what matters is thrown, and said by the rules room without them.
        List.of("org.kie", "org.drools").forEach(name -> context.getLogger(name).setLevel(Level.OFF));
        return new HubLog(context);
    }

    private static RollingFileAppender<ILoggingEvent> file(Path folder, LoggerContext context) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(folder.resolve("yuzui.log").toString());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(folder.resolve("yuzui.%d{yyyy-MM-dd}.%i.log").toString());
        policy.setMaxFileSize(FileSize.valueOf("50MB"));
        policy.setMaxHistory(30);
        policy.setTotalSizeCap(FileSize.valueOf("1GB"));
        policy.start();
        appender.setRollingPolicy(policy);
        appender.setTriggeringPolicy(policy);
        return appender;
    }

    private static OutputStreamAppender<ILoggingEvent> started(OutputStreamAppender<ILoggingEvent> appender, LoggerContext context,
                                                               String name, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        appender.setContext(context);
        appender.setName(name);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    /** Writes what is left. */
    @Override
    public void close() {
        context.stop();
    }
}
