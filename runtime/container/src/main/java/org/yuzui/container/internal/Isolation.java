package org.yuzui.container.internal;

import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

import java.util.Collection;

/**
 * Lets a plugin be wired to the hub and to itself only. Without it, a new version that imports what it also exports
 * would be wired to the old version's classes, and one plugin could lean on another's.
 */
final class Isolation implements ResolverHook {

    private static final long SYSTEM_BUNDLE = 0;

    static ResolverHookFactory factory() {
        Isolation hook = new Isolation();
        return triggers -> hook;
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        long own = requirement.getRevision().getBundle().getBundleId();
        candidates.removeIf(c -> {
            long provider = c.getRevision().getBundle().getBundleId();
            return provider != SYSTEM_BUNDLE && provider != own;
        });
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
        // Two versions of a plugin are resolved side by side while one is exchanged for the other.
        collisions.clear();
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // Everything that is installed may be resolved.
    }

    @Override
    public void end() {
        // Nothing is held between two resolutions.
    }
}
