package org.yuzui.container.internal.plan;

import org.yuzui.container.PluginPlan;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.Problem;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The name of a plan, made of all that it says but for how long pauses took: that changes with every change. */
final class PlanId {

    private static final int BYTES = 6;

    private final MessageDigest digest;

    private PlanId() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String of(PluginPlan plan) {
        PlanId id = new PlanId();
        id.add(plan.action().name(), plan.plugin(), plan.fromVersion(), plan.toVersion(), plan.sha256());
        if (plan.signature() != null) {
            id.add(plan.signature().state().name(), plan.signature().algorithm(), plan.signature().signer());
        }
        id.add(plan.imports());
        id.count(plan.changes());
        for (PlannedChange change : plan.changes()) {
            id.add(change.kind(), change.id(), change.action().name());
            id.add(change.details());
            id.add(change.noticed());
            id.problems(change.problems());
        }
        id.count(plan.outside());
        plan.outside().forEach(e -> id.add(e.id(), e.owner(), e.place(), e.why()));
        id.count(plan.pauses());
        plan.pauses().forEach(p -> id.add(p.what()));
        id.problems(plan.problems());
        return HexFormat.of().formatHex(id.digest.digest(), 0, BYTES);
    }

    private void problems(List<Problem> problems) {
        count(problems);
        problems.forEach(p -> add(p.code(), p.place(), p.message(), p.cure()));
    }

    private void add(List<String> texts) {
        count(texts);
        texts.forEach(this::add);
    }

    private void count(List<?> list) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, list.size()));
    }

    /** Each with its length before it, so that no two plans run into the same bytes. */
    private void add(String... texts) {
        for (String text : texts) {
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text == null ? -1 : bytes.length));
            digest.update(bytes);
        }
    }
}
