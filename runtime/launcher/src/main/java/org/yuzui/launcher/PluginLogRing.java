package org.yuzui.launcher;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Registration;
import org.yuzui.web.PluginLog;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last lines of each plugin's log in memory. Whose a line is, is told by the route that it was logged in, by the thread
 * of the plugin's Camel, by the plugin's package, or, when the hub logs, by a plugin, schedule or subscription that the line
 * names. What looks like a number of an identity card or of a mobile telephone is hidden once more, should a plugin forget it.
 */
final class PluginLogRing extends UnsynchronizedAppenderBase<ILoggingEvent> implements PluginLog, AutoCloseable {

    static final int LINES = 2_000;
    private static final int MOST_PLUGINS = 200;
    private static final int LONGEST = 2_000;
    private static final String NAME = "plugins";
    private static final Pattern CAMELS = Pattern.compile("^Camel \\(([a-z0-9-]+)\\)");
    private static final String PACKAGE = "org.yuzui.plugin.";
    private static final Pattern PERSONAL = Pattern.compile("(?<![0-9A-Za-z])(\\d{3})(\\d{14}[0-9Xx]|\\d{8}(?<=1[3-9]\\d{9}))(?![0-9A-Za-z])");

    private final Set<String> plugins = ConcurrentHashMap.newKeySet();
    private final Map<String, Deque<Line>> lines = new ConcurrentHashMap<>();
    private final Map<String, Long> untold = new ConcurrentHashMap<>();
    private final List<Consumer<Map<String, Long>>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread t = new Thread(r, "plugin-log");
        t.setDaemon(true);
        return t;
    });

    private PluginLogRing() {
        plugins.add("site");
        thread.scheduleWithFixedDelay(this::tell, 1, 1, TimeUnit.SECONDS);
    }

    /** Listens to what is logged from now on, until it is closed. */
    static PluginLogRing open() {
        PluginLogRing ring = new PluginLogRing();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            ring.setContext(context);
            ring.setName(NAME);
            ring.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(ring);
        }
        return ring;
    }

    /** From now on the hub's lines about it are its. */
    void know(String plugin) {
        plugins.add(plugin);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String plugin = plugin(event);
        if (plugin == null) {
            return;
        }
        Deque<Line> own = lines.get(plugin);
        if (own == null) {
            if (lines.size() >= MOST_PLUGINS) {
                return;
            }
            own = lines.computeIfAbsent(plugin, p -> new ArrayDeque<>());
        }
        synchronized (own) {
            long number = numbers.incrementAndGet();
            own.addLast(new Line(number, Instant.ofEpochMilli(event.getTimeStamp()), level(event), event.getLoggerName(),
                    event.getThreadName(), event.getMDCPropertyMap().get("route"), hidden(event.getFormattedMessage()),
                    error(event.getThrowableProxy())));
            if (own.size() > LINES) {
                own.removeFirst();
            }
            untold.put(plugin, number);
        }
    }

    private String plugin(ILoggingEvent event) {
        String said = event.getMDCPropertyMap().get("plugin");
        if (said != null) {
            return said;
        }
        Matcher camels = CAMELS.matcher(event.getThreadName());
        if (camels.find()) {
            String context = camels.group(1);
            return context.startsWith("site-") ? "site" : context;
        }
        String logger = event.getLoggerName();
        if (logger.startsWith(PACKAGE)) {
            String rest = logger.substring(PACKAGE.length());
            String first = rest.indexOf('.') < 0 ? rest : rest.substring(0, rest.indexOf('.'));
            return plugins.stream().filter(p -> p.replace("-", "").equals(first)).findFirst().orElse(null);
        }
        return logger.startsWith("org.yuzui.") ? named(event.getArgumentArray()) : null;
    }

    private String named(Object[] arguments) {
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            if (argument instanceof String text) {
                String id = text.indexOf('/') > 0 ? text.substring(0, text.indexOf('/')) : text;
                if (plugins.contains(id)) {
                    return id;
                }
            }
        }
        return null;
    }

    private static Level level(ILoggingEvent event) {
        return switch (event.getLevel().toInt()) {
            case ch.qos.logback.classic.Level.ERROR_INT -> Level.ERROR;
            case ch.qos.logback.classic.Level.WARN_INT -> Level.WARN;
            case ch.qos.logback.classic.Level.INFO_INT -> Level.INFO;
            case ch.qos.logback.classic.Level.DEBUG_INT -> Level.DEBUG;
            default -> Level.TRACE;
        };
    }

    private static String hidden(String message) {
        String text = message == null ? "" : message;
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return PERSONAL.matcher(cut).replaceAll("$1***");
    }

    /** Classes and places; a message only of the hub's own, because others may quote what they could not read. */
    private static String error(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (IThrowableProxy t = thrown; t != null && depth < 5; t = t.getCause(), depth++) {
            text.append(depth == 0 ? "" : ", caused by ").append(t.getClassName());
            if (t.getClassName().startsWith("org.yuzui.kernel.") && t.getMessage() != null) {
                text.append(": ").append(hidden(t.getMessage()));
            }
            place(t.getStackTraceElementProxyArray(), text);
        }
        return thrown == null ? null : text.toString();
    }

    private static void place(StackTraceElementProxy[] frames, StringBuilder text) {
        if (frames == null || frames.length == 0) {
            return;
        }
        StackTraceElement shown = frames[0].getStackTraceElement();
        for (StackTraceElementProxy frame : frames) {
            if (frame.getStackTraceElement().getClassName().startsWith(PACKAGE)) {
                shown = frame.getStackTraceElement();
                break;
            }
        }
        text.append(" at ").append(shown.getClassName()).append('.').append(shown.getMethodName()).append(':')
                .append(shown.getLineNumber());
    }

    @Override
    public List<Line> find(Query query) {
        Deque<Line> own = lines.get(query.plugin());
        List<Line> found = new ArrayList<>();
        if (own == null) {
            return found;
        }
        String text = query.text() == null ? null : query.text().toLowerCase(Locale.ROOT);
        synchronized (own) {
            for (Iterator<Line> newest = own.descendingIterator(); newest.hasNext() && found.size() < query.limit();) {
                Line line = newest.next();
                if (query.after() != null && line.number() <= query.after()) {
                    break;
                }
                if ((query.before() == null || line.number() < query.before()) && line.level().compareTo(query.level()) >= 0
                        && (text == null || holds(line, text))) {
                    found.add(line);
                }
            }
        }
        return found;
    }

    private static boolean holds(Line line, String text) {
        return line.message().toLowerCase(Locale.ROOT).contains(text) || line.logger().toLowerCase(Locale.ROOT).contains(text)
                || line.route() != null && line.route().toLowerCase(Locale.ROOT).contains(text)
                || line.error() != null && line.error().toLowerCase(Locale.ROOT).contains(text);
    }

    @Override
    public Registration listen(Consumer<Map<String, Long>> listener) {
        Consumer<Map<String, Long>> own = listener::accept; // told apart even if the same one is added twice
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    private void tell() {
        Map<String, Long> newest = Map.copyOf(untold);
        if (newest.isEmpty()) {
            return;
        }
        newest.forEach(untold::remove);
        listeners.forEach(l -> l.accept(newest));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        if (getContext() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        }
        stop();
    }
}
