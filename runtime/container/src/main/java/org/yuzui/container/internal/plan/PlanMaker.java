package org.yuzui.container.internal.plan;

import org.yuzui.container.PluginPlan;
import org.yuzui.container.SignatureVerdict;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Works out what a change of a plugin would do. Used by the one thread that changes plugins. */
public final class PlanMaker {

    public PluginPlan make(Proposal p) {
        List<PlannedChange> changes = new ArrayList<>();
        PluginContent coming = p.coming() == null ? null : p.coming().content();
        PluginContent running = p.running() == null ? null : p.running().content();
        if (p.coming() == null || coming != null) {
            for (PluginPart part : p.parts()) {
                changes.addAll(part.plan(coming, running));
            }
        }
        changes.addAll(p.settings());
        List<Problem> problems = new ArrayList<>(p.problems());
        changes.forEach(c -> problems.addAll(c.problems()));
        PluginDescriptor subject = p.coming() != null ? p.coming().descriptor() : p.installed();
        String from = p.installed() == null ? null : p.installed().version();
        String to = p.coming() == null ? null : p.coming().descriptor().version();
        String sha256 = p.coming() == null ? null : p.coming().sha256();
        return new PluginPlan(id(p.action() + p.id() + from + to + sha256 + changes), p.action(), p.id(),
                subject == null ? new Title(p.id(), p.id()) : subject.title(),
                from, to, p.coming() == null ? null : p.coming().file(), sha256, SignatureVerdict.UNSIGNED,
                p.coming() == null ? List.of() : p.coming().imports(), changes, List.of(), List.of(), problems);
    }

    private static String id(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
