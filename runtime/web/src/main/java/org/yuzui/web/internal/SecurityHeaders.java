package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpFields;

/** What every answer says to browsers. */
final class SecurityHeaders {

    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {
    }

    static void set(Context ctx, boolean console) {
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("X-Frame-Options", "DENY");
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Content-Security-Policy", NOTHING);
        if (!console) {
            ctx.header("Cache-Control", "no-store");
        }
    }

    /** The same for what Jetty answers by itself, before a call has come as far as the door. */
    static void set(HttpFields.Mutable headers) {
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", NOTHING);
        headers.put("Cache-Control", "no-store");
    }

    /** For the console's page: the styles that its components make at run time carry the nonce. */
    static String page(String nonce) {
        return "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data:; "
                + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }
}
