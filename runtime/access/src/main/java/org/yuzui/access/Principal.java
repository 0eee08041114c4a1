package org.yuzui.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who calls, and what they may do.
 *
 * @param name as it stands in the audit: {@code bootstrap}
 * @param unit code of the unit for which they act, with all below it; null for every one
 */
public record Principal(String name, Set<Permission> permissions, String unit) {

    public Principal {
        permissions = Set.copyOf(permissions);
    }

    /** One who acts for every unit. */
    public Principal(String name, Set<Permission> permissions) {
        this(name, permissions, null);
    }

    /** Somebody who may do everything. */
    public static Principal withAll(String name) {
        return new Principal(name, EnumSet.allOf(Permission.class));
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
