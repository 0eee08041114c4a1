package org.yuzui.launcher.cli;

import org.yuzui.launcher.authoring.PluginTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/** {@code yuzui plugin new}: a complete plugin with its tests. */
@Command(name = "new")
final class PluginNewCommand extends LocalCommand {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "yuzui.plugin.new.id")
    private String id;

    @Option(names = "--java", descriptionKey = "yuzui.plugin.new.java")
    private boolean java;

    @Option(names = "--dir", paramLabel = "DIR", descriptionKey = "yuzui.plugin.new.dir")
    private Path folder;

    @Option(names = "--title-zh", paramLabel = "TEXT", descriptionKey = "yuzui.plugin.new.title-zh")
    private String titleZh;

    @Option(names = "--title-en", paramLabel = "TEXT", descriptionKey = "yuzui.plugin.new.title-en")
    private String titleEn;

    @Override
    public Integer call() {
        Path made = new PluginTemplate(id, titleZh, titleEn, java).writeTo(folder == null ? Path.of(id) : folder);
        out().println(text("plugin.new.made", made));
        out().println("  yuzui plugin test " + made);
        if (java) {
            out().println("  mvn -f " + made.resolve("pom.xml") + " verify");
        }
        out().println("  yuzui plugin dev " + made);
        return ExitCode.OK.number();
    }
}
