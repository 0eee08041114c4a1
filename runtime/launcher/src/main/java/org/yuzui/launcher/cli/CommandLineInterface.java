package org.yuzui.launcher.cli;

import org.yuzui.kernel.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** {@code yuzui} itself: finds the command, runs it, and turns what went wrong into a sentence and an exit code. */
@Command(name = "yuzui", sortOptions = false)
public final class CommandLineInterface implements Runnable {

    private static final List<String> COMMANDS =
            List.of("run", "demo", "plugin", "route", "record", "schedule", "rule", "report", "dispute", "unit", "audit", "ledger", "node", "doctor", "version", "help");

    @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "lang")
    private String language;

    @Option(names = {"-h", "--help"}, usageHelp = true, descriptionKey = "help")
    private boolean help;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private CommandLineInterface() {
    }

    /** Runs a command line; gives the exit code. */
    public static int execute(String... arguments) {
        return execute(writer(FileDescriptor.out), writer(FileDescriptor.err), arguments);
    }

    static int execute(PrintWriter out, PrintWriter err, String... given) {
        String[] arguments = languageLast(given);
        Messages messages = Messages.of(languageOf(arguments));
        CommandLine line = new CommandLine(new CommandLineInterface());
        // Reading a command's annotations takes time: only the one that is named is read.
        String named = arguments.length > 0 && COMMANDS.contains(arguments[0]) ? arguments[0] : null;
        for (String name : COMMANDS) {
            if (named == null || named.equals("help") || named.equals(name)) {
                line.addSubcommand(name, command(name, named != null && arguments.length > 1 ? arguments[1] : null));
            }
        }
        line.setResourceBundle(messages.bundle());
        line.setOut(out);
        line.setErr(err);
        line.setParameterExceptionHandler((e, all) -> misunderstood(e, messages));
        line.setExecutionExceptionHandler((e, where, parsed) -> failed(e, where, messages));
        int code = line.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    private static Object command(String name, String next) {
        return switch (name) {
            case "run" -> new RunCommand();
            case "demo" -> new DemoCommand();
            case "plugin" -> PluginCommand.with(next);
            case "route" -> new RouteCommand();
            case "record" -> new RecordCommand();
            case "schedule" -> new ScheduleCommand();
            case "rule" -> new RuleCommand();
            case "report" -> new ReportCommand();
            case "dispute" -> new DisputeCommand();
            case "unit" -> new UnitCommand();
            case "audit" -> new AuditCommand();
            case "ledger" -> new LedgerCommand();
            case "node" -> new NodeCommand();
            case "doctor" -> new DoctorCommand();
            case "version" -> new VersionCommand();
            case "help" -> new HelpCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Needed before the command line can be parsed: also its help is in that language. */
    static String languageOf(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--lang=")) {
                return arguments[i].substring("--lang=".length());
            }
            if (arguments[i].equals("--lang") && i + 1 < arguments.length) {
                return arguments[i + 1];
            }
        }
        return null;
    }

    /** With a language that stands before the command behind it: it is the command that speaks. */
    private static String[] languageLast(String... arguments) {
        int words = arguments.length > 0 && arguments[0].equals("--lang") ? 2
                : arguments.length > 0 && arguments[0].startsWith("--lang=") ? 1 : 0;
        if (words == 0 || arguments.length <= words) {
            return arguments;
        }
        List<String> moved = new ArrayList<>(Arrays.asList(arguments));
        Collections.rotate(moved, -words);
        return moved.toArray(String[]::new);
    }

    private static int misunderstood(CommandLine.ParameterException e, Messages messages) {
        CommandLine where = e.getCommandLine();
        where.getErr().println(e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, where.getErr());
        where.getErr().println(messages.text("error.usage", where.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE.number();
    }

    private static int failed(Exception e, CommandLine where, Messages messages) {
        if (e instanceof Failure failure) {
            boolean json = where.getCommand() instanceof ClientCommand command && command.json();
            where.getErr().println(json && failure.json() != null
                    ? new String(failure.json(), StandardCharsets.UTF_8) : failure.getMessage());
            return failure.code().number();
        }
        if (e instanceof ProblemException problem) {
            where.getErr().println(messages.say(problem.problem()));
            return ExitCode.of(problem.problem()).number();
        }
        where.getErr().println(messages.text("error.unexpected", e));
        e.printStackTrace(where.getErr());
        return ExitCode.FAILED.number();
    }

    /** UTF-8 whatever the platform says: files, terminals and pipes of a hub are UTF-8. */
    private static PrintWriter writer(FileDescriptor to) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(to), StandardCharsets.UTF_8), true);
    }
}
