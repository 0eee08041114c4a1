package org.yuzui.plugin.finance.sftp;

/**
 * A file on the server as it was seen.
 *
 * @param modified seconds since 1970 by the server's clock
 */
record RemoteFile(String name, long size, long modified) {

    /** Tells two contents of one name apart, as far as the server tells. */
    String state() {
        return size + "-" + modified;
    }
}
