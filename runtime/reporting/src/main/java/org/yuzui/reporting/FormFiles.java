package org.yuzui.reporting;

import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.reporting.internal.form.FormFile;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a form as a deployment does, without deploying it. */
public final class FormFiles {

    /** Where no unit tree is at hand every code is taken for a unit. */
    private static final Units ANY = new Units() {
        @Override
        public Optional<Unit> find(String code) {
            return Optional.of(new Unit(code, code, code, Unit.Level.INSTITUTION, null));
        }

        @Override
        public Unit root() {
            return new Unit("000000", "", "", Unit.Level.PROVINCE, null);
        }

        @Override
        public List<Unit> children(String code) {
            return List.of();
        }

        @Override
        public Set<String> subtree(String code) {
            return Set.of(code);
        }

        @Override
        public List<Unit> all() {
            return List.of();
        }

        @Override
        public String cure(String unknownCode) {
            return null;
        }
    };

    private FormFiles() {
    }

    /**
     * The form, its respondents unchecked: which units there are is the site's matter.
     *
     * @throws org.yuzui.kernel.ProblemException naming file, line and cure of the first thing that is wrong
     */
    public static Form read(HubFile file, String plugin) {
        return FormFile.read(file, plugin, ANY).form();
    }
}
