package org.yuzui.rules.internal;

import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.impl.FEELBuilder;
import org.kie.dmn.feel.lang.impl.FEELImpl;
import org.kie.dmn.feel.lang.impl.MapBackedType;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.rules.Formula;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles single expressions over numbers. */
public final class FormulaCompiler {

    private FormulaCompiler() {
    }

    /** @throws ProblemException without a place */
    public static Formula compile(String text, Formula.Names names, boolean condition) {
        return Compilation.within(() -> {
            try {
                ParsedFeel parsed = ParsedFeel.parse(text, types(names), "form");
                requireResult(text, parsed.type(), condition);
                FEELImpl feel = (FEELImpl) FEELBuilder.builder().withProfiles(List.of(Patterns.PROFILE)).build();
                return new FeelFormula(feel, parsed.expression(), parsed.used());
            } catch (FeelTyping.Mistake e) {
                throw new ProblemException(new Problem(e.code(), null, e.getMessage(), e.cure()), e);
            }
        });
    }

    private static void requireResult(String text, Type type, boolean condition) throws FeelTyping.Mistake {
        Type wanted = condition ? BuiltInType.BOOLEAN : BuiltInType.NUMBER;
        if (type != wanted && type != BuiltInType.UNKNOWN) {
            throw new FeelTyping.Mistake("wrong-type", "'" + text + "' is no " + (condition ? "condition" : "number") + ".",
                    condition ? "A check says true or false." : "A formula gives a number.");
        }
    }

    private static Map<String, Type> types(Formula.Names names) {
        Map<String, Type> types = new LinkedHashMap<>();
        names.numbers().forEach(name -> types.put(name, BuiltInType.NUMBER));
        names.groups().forEach((group, members) -> {
            MapBackedType type = new MapBackedType();
            members.forEach(member -> type.addField(member, BuiltInType.NUMBER));
            types.put(group, type);
        });
        names.open().forEach(group -> types.put(group, BuiltInType.UNKNOWN));
        return types;
    }
}
