package org.yuzui.web;

import java.util.List;

/**
 * Where the control plane listens.
 *
 * @param host            address to bind; on a loopback address only calls that name this machine are answered
 * @param port            0 for any free one
 * @param hosts           further names by which it may be called ({@code Host} header), for a proxy in front; when it
 *                        listens beyond loopback and this is empty, every name is good
 * @param maxRequestBytes the largest request body
 */
public record WebSettings(String host, int port, List<String> hosts, long maxRequestBytes) {

    public WebSettings {
        hosts = List.copyOf(hosts);
    }

    public static WebSettings of(String host, int port) {
        return new WebSettings(host, port, List.of(), 64 * 1024);
    }
}
