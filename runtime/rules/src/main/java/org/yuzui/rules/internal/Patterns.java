package org.yuzui.rules.internal;

import net.sf.saxon.Configuration;
import net.sf.saxon.regex.RegularExpression;
import net.sf.saxon.str.StringView;
import net.sf.saxon.trans.XPathException;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.api.marshalling.DMNExtensionRegister;
import org.kie.dmn.core.compiler.DMNProfile;
import org.kie.dmn.core.compiler.DRGElementCompiler;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.events.InvalidParametersEvent;
import org.kie.dmn.feel.runtime.functions.BaseFEELFunction;
import org.kie.dmn.feel.runtime.functions.FEELFnResult;
import org.kie.dmn.feel.runtime.functions.ParameterName;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * FEEL's {@code matches} and {@code replace} on compiled patterns. The engine's own write text, pattern and flags into the
 * source of an XQuery and compile that for each call: 0.3 MB of garbage a record, and data inside code.
 */
public final class Patterns implements DMNProfile {

    static final Patterns PROFILE = new Patterns();

    /** Patterns stand in rules, so there are few; what data brings is compiled and let go. */
    private static final int KEPT = 500;
    private static final Map<Key, RegularExpression> COMPILED = new ConcurrentHashMap<>();

    /** Made when the first pattern is. */
    private static final class Saxon {
        private static final Configuration CONFIGURATION = new Configuration();
    }

    private record Key(String pattern, String flags) {
    }

    private Patterns() {
    }

    @Override
    public List<FEELFunction> getFEELFunctions() {
        return List.of(new Matches(), new Replace());
    }

    @Override
    public List<DMNExtensionRegister> getExtensionRegisters() {
        return List.of();
    }

    @Override
    public List<DRGElementCompiler> getDRGElementCompilers() {
        return List.of();
    }

    private static RegularExpression compiled(String pattern, String flags) throws XPathException {
        Key key = new Key(pattern, flags == null ? "" : flags);
        RegularExpression known = COMPILED.get(key);
        if (known == null) {
            known = Saxon.CONFIGURATION.compileRegularExpression(StringView.of(pattern), key.flags(), "XP30", null);
            if (COMPILED.size() < KEPT) {
                COMPILED.put(key, known);
            }
        }
        return known;
    }

    private static <T> FEELFnResult<T> error(String parameter, String message) {
        return FEELFnResult.ofError(new InvalidParametersEvent(FEELEvent.Severity.ERROR, parameter, message));
    }

    /** The engine calls it by reflection. */
    public static final class Matches extends BaseFEELFunction {

        Matches() {
            super("matches");
        }

        public FEELFnResult<Boolean> invoke(@ParameterName("input") String input, @ParameterName("pattern") String pattern) {
            return invoke(input, pattern, null);
        }

        public FEELFnResult<Boolean> invoke(@ParameterName("input") String input, @ParameterName("pattern") String pattern,
                                            @ParameterName("flags") String flags) {
            if (input == null || pattern == null) {
                return error(input == null ? "input" : "pattern", "cannot be null");
            }
            try {
                return FEELFnResult.ofResult(compiled(pattern, flags).containsMatch(StringView.of(input)));
            } catch (XPathException e) {
                return error("pattern", "is no pattern");
            }
        }
    }

    /** The engine calls it by reflection. */
    public static final class Replace extends BaseFEELFunction {

        Replace() {
            super("replace");
        }

        public FEELFnResult<String> invoke(@ParameterName("input") String input, @ParameterName("pattern") String pattern,
                                           @ParameterName("replacement") String replacement) {
            return invoke(input, pattern, replacement, null);
        }

        public FEELFnResult<String> invoke(@ParameterName("input") String input, @ParameterName("pattern") String pattern,
                                           @ParameterName("replacement") String replacement, @ParameterName("flags") String flags) {
            if (input == null || pattern == null || replacement == null) {
                return error(input == null ? "input" : pattern == null ? "pattern" : "replacement", "cannot be null");
            }
            try {
                return FEELFnResult.ofResult(
                        compiled(pattern, flags).replace(StringView.of(input), StringView.of(replacement)).toString());
            } catch (XPathException e) {
                return error("pattern", "or the replacement is not valid");
            }
        }
    }
}
