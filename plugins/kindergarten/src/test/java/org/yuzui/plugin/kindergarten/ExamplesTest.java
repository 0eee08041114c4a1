package org.yuzui.plugin.kindergarten;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.yuzui.testkit.PluginCases;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Every folder under {@code examples/} on a real hub: what is given, what is answered, what becomes of it. */
class ExamplesTest {

    @TestFactory
    Stream<DynamicNode> examples() {
        return PluginCases.of(Path.of("."));
    }
}
