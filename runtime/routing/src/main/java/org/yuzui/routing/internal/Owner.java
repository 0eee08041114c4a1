package org.yuzui.routing.internal;

/**
 * Whose routes a context runs.
 *
 * @param id      the plugin's id, or {@code site}
 * @param version the plugin's version; null for the site
 */
record Owner(String id, String version) {

    static final Owner SITE = new Owner("site", null);

    /** A name that this owner gave to something of the hub: {@code daily-summary → his/daily-summary}. */
    String qualify(String name) {
        return name.indexOf('/') >= 0 ? name : id + "/" + name;
    }
}
