package org.yuzui.spi;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plugins that were compiled against a released version still run, and the version number says what came since.
 * When a version is released, {@code mvn -pl runtime/spi test -Dtest=ApiTest -Dspi.write=true} writes its listing.
 */
class ApiTest {

    private static final Path BASELINES = Path.of(System.getProperty("spi.baselines", "src/test/resources/api"));
    private static final String VERSION = Settings.class.getPackage().getAnnotation(ApiVersion.class).value();

    @Test
    void nothingBreaksAPluginThatIsDeployed() throws IOException {
        List<String> now = ApiListing.of(ApiListing.typesBeside(Settings.class));
        if (Boolean.getBoolean("spi.write")) {
            Files.write(listing(VERSION), now);
        }
        String released = released();

        assertThat(ApiComparison.complaints(Files.readAllLines(listing(released)), released, now, VERSION,
                Files.readAllLines(BASELINES.resolve("allowed-breaks.txt")))).isEmpty();
    }

    @Test
    void theJarExportsThePackageInTheVersionThatItSays() {
        assertThat(System.getProperty("spi.api.version", VERSION)).isEqualTo(VERSION).matches("\\d+\\.\\d+\\.\\d+");
    }

    private static Path listing(String version) {
        return BASELINES.resolve("spi-" + version + ".txt");
    }

    private static String released() throws IOException {
        try (Stream<Path> files = Files.list(BASELINES)) {
            return files.map(f -> f.getFileName().toString()).filter(n -> n.startsWith("spi-"))
                    .map(n -> n.substring("spi-".length(), n.length() - ".txt".length()))
                    .max(ApiComparison::compare).orElseThrow();
        }
    }
}
