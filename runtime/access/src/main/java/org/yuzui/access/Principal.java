package org.yuzui.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who calls, and what they may do.
 *
 * @param name as it stands in the audit: {@code bootstrap}
 */
public record Principal(String name, Set<Permission> permissions) {

    public Principal {
        permissions = Set.copyOf(permissions);
    }

    /** Somebody who may do everything. */
    public static Principal withAll(String name) {
        return new Principal(name, EnumSet.allOf(Permission.class));
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
