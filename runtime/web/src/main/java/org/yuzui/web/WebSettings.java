package org.yuzui.web;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Where the control plane listens.
 *
 * @param host            address to bind; on a loopback address only calls that name this machine are answered
 * @param port            0 for any free one
 * @param hosts           further names by which it may be called ({@code Host} header), for a proxy in front; when it
 *                        listens beyond loopback and this is empty, every name is good
 * @param maxRequestBytes the largest request body, uploaded jars aside
 * @param uploads         where a jar lies while it is taken in; made when it is missing, what is left in it is deleted
 * @param maxJarBytes     the largest jar
 */
public record WebSettings(String host, int port, List<String> hosts, long maxRequestBytes, Path uploads, long maxJarBytes) {

    public WebSettings {
        hosts = List.copyOf(hosts);
    }

    /** With a folder of its own for uploads, for up to 256 MB. */
    public static WebSettings of(String host, int port) {
        return new WebSettings(host, port, List.of(), 1 << 20,
                Path.of(System.getProperty("java.io.tmpdir"), "yuzui-uploads-" + UUID.randomUUID()), 256L << 20);
    }

    public WebSettings withHosts(List<String> newHosts) {
        return new WebSettings(host, port, newHosts, maxRequestBytes, uploads, maxJarBytes);
    }

    public WebSettings withUploads(Path folder, long maxBytes) {
        return new WebSettings(host, port, hosts, maxRequestBytes, folder, maxBytes);
    }
}
