package org.yuzui.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** A room may use only the rooms under it; siblings don't see each other; each framework has one room. */
class LawOfTheHouseTest {

    private static final Map<String, Set<String>> UNDER = new HashMap<>();
    private static JavaClasses house;

    static {
        room("spi");
        room("kernel", "spi");
        room("store", "kernel");
        room("broker", "kernel");
        room("contracts", "kernel", "store");
        room("rules", "kernel");
        room("scheduling", "kernel", "store");
        room("ledger", "kernel", "store", "broker");
        room("records", "broker", "contracts", "rules", "ledger", "store");
        room("reporting", "records", "scheduling", "rules", "store");
        room("routing", "spi", "records", "rules", "scheduling", "reporting");
        room("container", "kernel", "spi", "store");
        room("access", "kernel", "store");
        room("web", "access", "container", "routing", "reporting", "scheduling", "records", "rules", "ledger", "contracts");
        room("launcher", "web");
        room("testkit", "launcher");
    }

    /** A room and, by those that it names, everything under them. */
    private static void room(String name, String... direct) {
        Set<String> all = new HashSet<>();
        for (String under : direct) {
            all.add(under);
            all.addAll(UNDER.get(under));
        }
        UNDER.put(name, all);
    }

    @BeforeAll
    static void walkThrough() {
        house = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.yuzui");
    }

    static Stream<String> rooms() {
        return UNDER.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesOnlyRoomsUnderIt(String room) {
        classes().that().resideInAPackage("org.yuzui." + room + "..")
                .should(useOnly(room)).allowEmptyShould(false).check(house);
    }

    @Test
    void everyRoomOfTheHouseIsNamedHere() {
        Set<String> found = new HashSet<>();
        house.forEach(c -> found.add(roomOf(c)));
        assertThat(UNDER.keySet()).containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void anInternalPackageIsItsRoomsOwn() {
        classes().should(new ArchCondition<>("not be used from outside when internal") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                user.getDirectDependenciesFromSelf().forEach(d -> {
                    JavaClass used = d.getTargetClass();
                    if (used.getPackageName().startsWith("org.yuzui.") && used.getPackageName().contains(".internal")
                            && !roomOf(used).equals(roomOf(user))) {
                        events.add(SimpleConditionEvent.violated(d, d.getDescription()));
                    }
                });
            }
        }).check(house);
    }

    /** The pipeline would grow into everything else: what is done with records afterwards sees it through its bench. */
    @Test
    void aReplaySeesThePipelineThroughItsBench() {
        String records = "org.yuzui.records.internal";
        noClasses().that().resideInAPackage(records + ".replay..").should().dependOnClassesThat(
                resideInAPackage(records).and(not(nameMatching("org\\.yuzui\\.records\\.internal\\.(Workbench|Envelope)(\\$.*)?")))
                        .or(resideInAPackage(records + ".store.."))).check(house);
        noClasses().that().resideInAPackage(records).should().dependOnClassesThat().resideInAPackage(records + ".replay..").check(house);
        noClasses().that().resideInAPackage(records + ".store..").should().dependOnClassesThat()
                .resideInAnyPackage(records, records + ".replay..").check(house);
        noClasses().that().resideInAPackage(records + ".text..").should().dependOnClassesThat()
                .resideInAnyPackage(records, records + ".replay..", records + ".store..").check(house);
    }

    @ParameterizedTest
    @CsvSource({
            "org.apache.camel.., routing",
            "org.apache.felix.., container",
            "org.osgi.., container",
            "org.kie.., rules",
            "org.drools.., rules",
            "org.quartz.., scheduling",
            "org.apache.activemq.., broker",
            "org.apache.artemis.., broker",
            "org.postgresql.., store",
            "org.flywaydb.., store",
            "com.zaxxer.., store",
            "io.javalin.., web",
            "org.eclipse.jetty.., web",
            "picocli.., launcher"})
    void aFrameworkHasOneRoom(String framework, String room) {
        noClasses().that().resideOutsideOfPackage("org.yuzui." + room + "..")
                .should().dependOnClassesThat().resideInAnyPackage(framework).check(house);
    }

    /** SM2 of signatures, SM4 of what is kept: Java has neither. */
    @Test
    void theCountrysOwnCiphersHaveTwoRooms() {
        noClasses().that().resideOutsideOfPackages("org.yuzui.container..", "org.yuzui.ledger.internal..")
                .should().dependOnClassesThat().resideInAnyPackage("org.bouncycastle..").check(house);
    }

    @Test
    void timeIsInjected() {
        noClasses().that().resideOutsideOfPackages("org.yuzui.launcher..", "org.yuzui.testkit..")
                .and().doNotHaveFullyQualifiedName("org.yuzui.scheduling.internal.Alarms") // Quartz wakes by the system's
                .should().callMethod(java.time.Instant.class, "now")
                .orShould().callMethod(java.time.LocalDate.class, "now")
                .orShould().callMethod(java.time.LocalDateTime.class, "now")
                .orShould().callMethod(java.time.ZonedDateTime.class, "now")
                .orShould().callMethod(java.time.OffsetDateTime.class, "now")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .because("a Clock is injected, so that a test can hold it").check(house);
    }

    @Test
    void aNameSaysWhatAThingIs() {
        noClasses().should().haveSimpleNameEndingWith("Impl")
                .orShould().haveSimpleNameEndingWith("Manager")
                .orShould().haveSimpleNameEndingWith("Helper")
                .orShould().haveSimpleNameEndingWith("Util")
                .orShould().haveSimpleNameEndingWith("Utils")
                .orShould().haveSimpleNameEndingWith("Common").check(house);
    }

    private static ArchCondition<JavaClass> useOnly(String room) {
        return new ArchCondition<>("use only rooms under " + room) {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                user.getDirectDependenciesFromSelf().forEach(d -> {
                    JavaClass used = d.getTargetClass();
                    if (used.getPackageName().startsWith("org.yuzui.")) {
                        String other = roomOf(used);
                        if (!other.equals(room) && !UNDER.get(room).contains(other)) {
                            events.add(SimpleConditionEvent.violated(d, room + " must not see " + other + ": "
                                    + d.getDescription()));
                        }
                    }
                });
            }
        };
    }

    private static String roomOf(JavaClass c) {
        String[] steps = c.getPackageName().split("\\.");
        return steps.length > 2 ? steps[2] : "?";
    }
}
