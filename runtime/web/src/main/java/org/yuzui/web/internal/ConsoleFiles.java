package org.yuzui.web.internal;

import io.javalin.http.Context;
import io.javalin.http.staticfiles.ResourceHandler;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.security.RouteRole;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The console's files from the class path. Every path that a browser navigates to is answered with the one page, whose
 * style nonce is made anew each time; files under {@code assets/} carry a hash in their names and never change.
 */
public final class ConsoleFiles implements ResourceHandler {

    private static final String FOLDER = "org/yuzui/console/";
    private static final String NONCE = "__CSP_NONCE__";
    private static final Pattern NAME = Pattern.compile("/[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final String ABSENT = "Yuzui: the web console is not part of this build. The API is at /api/v1.\n";

    private static final Map<String, String> TYPES = Map.of("js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8", "svg", "image/svg+xml", "png", "image/png", "ico", "image/x-icon",
            "json", "application/json", "webmanifest", "application/manifest+json", "woff2", "font/woff2",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ClassLoader loader = ConsoleFiles.class.getClassLoader();

    @Override
    public boolean canHandle(Context ctx) {
        return Door.isConsole(ctx.path()) && (isPage(ctx) || file(ctx.path()).isPresent());
    }

    @Override
    public boolean handle(Context ctx) {
        String path = ctx.path();
        if (!Door.isConsole(path)) {
            return false;
        }
        Optional<byte[]> file = path.equals("/index.html") ? Optional.empty() : file(path);
        if (file.isPresent()) {
            ctx.contentType(type(path)).result(file.get());
            ctx.header("Cache-Control", path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
            return true;
        }
        if (!isPage(ctx)) {
            return false;
        }
        page(ctx);
        return true;
    }

    /** The root, or whatever a browser navigates to that doesn't look like a file. */
    private static boolean isPage(Context ctx) {
        String path = ctx.path();
        String accept = ctx.header("Accept");
        return path.equals("/") || path.equals("/index.html")
                || accept != null && accept.contains("text/html") && path.indexOf('.', path.lastIndexOf('/')) < 0;
    }

    private void page(Context ctx) {
        ctx.header("Cache-Control", "no-cache");
        Optional<byte[]> index = file("/index.html");
        if (index.isEmpty()) {
            ctx.contentType("text/plain; charset=utf-8").result(ABSENT);
            return;
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        ctx.header("Content-Security-Policy", SecurityHeaders.page(nonce));
        ctx.contentType("text/html; charset=utf-8")
                .result(new String(index.get(), StandardCharsets.UTF_8).replace(NONCE, nonce));
    }

    private Optional<byte[]> file(String path) {
        if (!NAME.matcher(path).matches()) {
            return Optional.empty();
        }
        byte[] known = files.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        try (InputStream in = path.indexOf('.') < 0 ? null : loader.getResourceAsStream(FOLDER + path.substring(1))) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            files.put(path, bytes);
            return Optional.of(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }

    @Override
    public boolean addStaticFileConfig(StaticFileConfig config) {
        return false;
    }

    @Override
    public Set<RouteRole> resourceRouteRoles(Context ctx) {
        return Set.of();
    }
}
