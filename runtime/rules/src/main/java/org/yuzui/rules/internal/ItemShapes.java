package org.yuzui.rules.internal;

import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.ItemDefinition;

import javax.xml.namespace.QName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the item definitions of a model say about the values that a rule is given. */
final class ItemShapes {

    private static final Map<String, Shape> BUILT_IN = Map.ofEntries(
            Map.entry("string", Shape.Scalar.TEXT), Map.entry("number", Shape.Scalar.NUMBER),
            Map.entry("boolean", Shape.Scalar.BOOLEAN), Map.entry("date", Shape.Scalar.DATE),
            Map.entry("time", Shape.Scalar.TIME), Map.entry("date and time", Shape.Scalar.DATE_TIME),
            Map.entry("dateTime", Shape.Scalar.DATE_TIME),
            Map.entry("days and time duration", Shape.Scalar.DURATION), Map.entry("dayTimeDuration", Shape.Scalar.DURATION),
            Map.entry("years and months duration", Shape.Scalar.DURATION),
            Map.entry("yearMonthDuration", Shape.Scalar.DURATION));

    private final Map<String, ItemDefinition> definitions = new HashMap<>();
    private final DmnFile file;

    ItemShapes(Definitions model, DmnFile file) {
        this.file = file;
        model.getItemDefinition().forEach(d -> definitions.put(d.getName(), d));
    }

    Shape of(QName type) {
        return of(type, new HashSet<>());
    }

    /** @param open the definitions that are being looked into; one that contains itself is not followed */
    private Shape of(QName type, Set<String> open) {
        if (type == null) {
            return Shape.Unknown.SHAPE;
        }
        ItemDefinition definition = definitions.get(type.getLocalPart());
        if (definition == null) {
            return BUILT_IN.getOrDefault(type.getLocalPart(), Shape.Unknown.SHAPE);
        }
        if (!open.add(definition.getName())) {
            return Shape.Unknown.SHAPE;
        }
        Shape shape = of(definition, open);
        open.remove(definition.getName());
        return shape;
    }

    private Shape of(ItemDefinition definition, Set<String> open) {
        Shape one;
        if (definition.getItemComponent().isEmpty()) {
            one = of(definition.getTypeRef(), open);
        } else {
            Map<String, Shape> fields = new LinkedHashMap<>();
            Set<String> optional = new HashSet<>();
            for (ItemDefinition component : definition.getItemComponent()) {
                fields.put(component.getName(), of(component, open));
                if (file.isOptional(component.getId())) {
                    optional.add(component.getName());
                }
            }
            one = new Shape.Parts(fields, optional);
        }
        return definition.isIsCollection() ? new Shape.Many(one) : one;
    }
}
