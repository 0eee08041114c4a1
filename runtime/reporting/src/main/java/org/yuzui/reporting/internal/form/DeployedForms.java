package org.yuzui.reporting.internal.form;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The forms of every version that is deployed. Of one id the version counts that was started last; while none is started,
 * the newest is found, so that a plugin's own routes can name it before it starts. Thread-safe.
 */
public final class DeployedForms {

    private static final Logger LOG = LoggerFactory.getLogger(DeployedForms.class);

    private final Map<String, Versions> forms = new TreeMap<>();

    /** Told apart by identity: two versions may bring equal forms. */
    private static final class Versions {
        private final List<CompiledForm> deployed = new ArrayList<>();
        private final List<CompiledForm> started = new ArrayList<>();

        private CompiledForm counting() {
            List<CompiledForm> from = started.isEmpty() ? deployed : started;
            return from.get(from.size() - 1);
        }
    }

    public synchronized Optional<CompiledForm> find(String id) {
        return Optional.ofNullable(forms.get(id)).map(Versions::counting);
    }

    public synchronized List<CompiledForm> all() {
        return forms.values().stream().map(Versions::counting).toList();
    }

    /** Takes in the forms of one version of a plugin. */
    public synchronized Deployment take(List<CompiledForm> brought) {
        brought.forEach(f -> forms.computeIfAbsent(f.id(), id -> new Versions()).deployed.add(f));
        List<CompiledForm> open = new ArrayList<>(brought);
        return new Deployment() {
            @Override
            public void start() {
                open.forEach(DeployedForms.this::start);
            }

            @Override
            public void close() {
                List.copyOf(open).forEach(DeployedForms.this::remove);
                open.clear();
            }
        };
    }

    private synchronized void start(CompiledForm form) {
        Versions versions = forms.get(form.id());
        versions.started.removeIf(f -> f == form);
        versions.started.add(form);
        LOG.info("form {} of plugin {}: {} indicators, {} respondents", form.id(), form.form().plugin(),
                form.form().indicators().size(), form.form().respondents().size());
    }

    private synchronized void remove(CompiledForm form) {
        Versions versions = forms.get(form.id());
        versions.deployed.removeIf(f -> f == form);
        versions.started.removeIf(f -> f == form);
        if (versions.deployed.isEmpty()) {
            forms.remove(form.id());
        }
    }
}
