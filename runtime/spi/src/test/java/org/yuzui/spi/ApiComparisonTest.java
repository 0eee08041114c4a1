package org.yuzui.spi;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Public because the listing passes over what lies in a hidden type. */
public class ApiComparisonTest {

    private static final List<String> BEFORE = ApiListing.of(List.of(Reader.class));
    private static final String COUNT = Reader.class.getTypeName() + " | public abstract int count(String) throws java.io.IOException";

    /** What a plugin might implement. */
    public interface Reader {
        int LIMIT = 7;

        int count(String text) throws IOException;

        default boolean strict() {
            return false;
        }
    }

    @Test
    void aLineSaysAllThatSomebodyDependsOn() {
        String reader = Reader.class.getTypeName();
        assertThat(BEFORE).containsExactly(
                reader + " | default public boolean strict()",
                reader + " | public abstract int count(String) throws java.io.IOException",
                reader + " | public abstract static interface",
                reader + " | public static final int LIMIT = 7");
    }

    @Test
    void withoutADifferenceNothingIsAskedFor() {
        assertThat(complaints(BEFORE, "1.2.0")).isEmpty();
        assertThat(complaints(BEFORE, "1.2.1")).isEmpty();
        assertThat(complaints(BEFORE, "1.1.9")).singleElement().asString().contains("lower than the released 1.2.0");
    }

    @Test
    void anAdditionAsksForTheNextMinorVersion() {
        List<String> now = with(Reader.class.getTypeName() + " | default public boolean lenient()");

        assertThat(complaints(now, "1.2.1")).singleElement().asString().contains("lenient()", "Raise the second number");
        assertThat(complaints(now, "1.3.0")).isEmpty();
        assertThat(complaints(now, "1.10.0")).as("numbers, not texts").isEmpty();
        assertThat(complaints(now, "2.0.0")).isEmpty();
    }

    @Test
    void aRemovalIsRefusedAndSaysWhereItCouldBeAllowed() {
        List<String> now = without(COUNT);

        assertThat(complaints(now, "2.0.0")).singleElement().asString()
                .contains("'- " + COUNT + "'", "compiled against 1.2.0", "allowed-breaks.txt");
        assertThat(complaints(now, "2.0.0", "# a remark", "", "- " + COUNT + " # nobody could call it")).isEmpty();
        assertThat(complaints(now, "2.0.0", "- " + COUNT)).singleElement().asString().contains("no reason");
    }

    @Test
    void anotherValueOfAConstantIsABreak() {
        List<String> now = BEFORE.stream().map(l -> l.replace("LIMIT = 7", "LIMIT = 8")).toList();

        assertThat(complaints(now, "1.3.0")).singleElement().asString().contains("LIMIT = 7");
    }

    @Test
    void anotherExceptionIsABreakToo() {
        List<String> now = BEFORE.stream().map(l -> l.replace("java.io.IOException", "Exception")).toList();

        assertThat(complaints(now, "1.3.0")).anyMatch(c -> c.contains("- " + COUNT));
    }

    @Test
    void anAbstractMethodMoreBreaksThoseWhoImplementTheType() {
        List<String> now = with(Reader.class.getTypeName() + " | public abstract void close()");

        assertThat(complaints(now, "1.3.0")).singleElement().asString().contains("'+ ", "close()");
        assertThat(complaints(with("other.New | public abstract void close()"), "1.3.0")).as("nobody implements it yet").isEmpty();
    }

    @Test
    void aBreakThatDidNotHappenNeedsNoLeave() {
        assertThat(complaints(BEFORE, "1.2.0", "- " + COUNT + " # some day")).singleElement().asString().contains("Take the line out");
    }

    private static List<String> complaints(List<String> now, String version, String... allowed) {
        return ApiComparison.complaints(BEFORE, "1.2.0", now, version, List.of(allowed));
    }

    private static List<String> with(String line) {
        return Stream.concat(BEFORE.stream(), Stream.of(line)).sorted().toList();
    }

    private static List<String> without(String line) {
        return BEFORE.stream().filter(l -> !l.equals(line)).toList();
    }
}
