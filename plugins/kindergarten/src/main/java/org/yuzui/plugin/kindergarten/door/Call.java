package org.yuzui.plugin.kindergarten.door;

/**
 * A call with its whole body.
 *
 * @param target  path and query as they were sent
 * @param request the idempotency key; empty for none
 * @param peer    the caller's address
 */
record Call(String method, String target, String key, String timestamp, String signature, String request, String peer, byte[] body) {

    /** Without the query. */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Without signature and body. */
    @Override
    public String toString() {
        return method + " " + path() + " of " + key;
    }
}
