package org.yuzui.reporting.internal.form;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.submission.Digest;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code reporting.form_versions}: what every version of a form said, so that its periods can still be answered by it. */
public final class FormVersions {

    private static final String FIND = "select version from reporting.form_versions where form = :form and digest = :digest";
    private static final String ADD = """
            insert into reporting.form_versions (form, version, plugin, path, digest, source, at)
            select :form, coalesce(max(version), 0) + 1, :plugin, :path, :digest, :source, :at
            from reporting.form_versions where form = :form
            on conflict do nothing""";
    private static final String READ = "select plugin, path, source from reporting.form_versions where form = :form and version = :version";

    private record Key(String form, int version) {
    }

    private final Jdbi jdbi;
    private final Clock clock;
    private final Units units;
    private final Map<Key, CompiledForm> compiled = new ConcurrentHashMap<>();

    public FormVersions(Jdbi jdbi, Clock clock, Units units) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.units = units;
    }

    /** With its number: the one that the same file got before, or the next. */
    public CompiledForm keep(CompiledForm form) {
        Optional<Integer> number = Optional.empty();
        while (number.isEmpty()) { // empty: somebody else took the number
            number = jdbi.inTransaction(handle -> find(handle, form).or(() -> {
                add(handle, form);
                return find(handle, form);
            }));
        }
        CompiledForm numbered = form.version(number.get());
        compiled.put(new Key(form.id(), number.get()), numbered);
        return numbered;
    }

    /** One that was kept. */
    public CompiledForm of(String form, int version) {
        return compiled.computeIfAbsent(new Key(form, version), this::read);
    }

    private CompiledForm read(Key key) {
        return jdbi.withHandle(handle -> handle.createQuery(READ).bind("form", key.form).bind("version", key.version)
                .map((row, context) -> FormFile.read(new HubFile(key.form, row.getString("path"),
                        row.getString("source").getBytes(StandardCharsets.UTF_8)), row.getString("plugin"), units)
                        .version(key.version)).one());
    }

    private static Optional<Integer> find(Handle handle, CompiledForm form) {
        return handle.createQuery(FIND).bind("form", form.id()).bind("digest", digest(form)).mapTo(Integer.class).findOne();
    }

    private void add(Handle handle, CompiledForm form) {
        handle.createUpdate(ADD).bind("form", form.id()).bind("plugin", form.form().plugin()).bind("path", form.path())
                .bind("digest", digest(form)).bind("source", form.source())
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC)).execute();
    }

    private static String digest(CompiledForm form) {
        return Digest.sha256(form.source());
    }
}
