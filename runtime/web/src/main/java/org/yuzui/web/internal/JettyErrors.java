package org.yuzui.web.internal;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.yuzui.kernel.Problem;

import java.nio.ByteBuffer;

/** What Jetty refuses by itself (a malformed request, a path that can be read two ways), in the same form as the rest. */
public final class JettyErrors implements Request.Handler {

    private final Problems problems;

    public JettyErrors(Problems problems) {
        this.problems = problems;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        SecurityHeaders.set(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        byte[] body = problems.bytes(status, Problem.of("http-" + status,
                "The request was not understood: " + HttpStatus.getMessage(status) + "."));
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
