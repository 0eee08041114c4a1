package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program of the bench in a JVM of its own, which answers in lines of JSON. */
final class JavaProcess implements AutoCloseable {

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private JavaProcess(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.US_ASCII);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static JavaProcess start(Class<?> program, List<String> options, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        return new JavaProcess(Processes.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)));
    }

    void say(String line) throws IOException {
        in.write(line);
        in.write('\n');
        in.flush();
    }

    /** The next answer; waits for it. What the JVM itself has to say, about a recording for example, is passed over. */
    JsonNode hear() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("{")) {
                return new ObjectMapper().readTree(line);
            }
        }
        throw new IOException("The process ended without an answer.");
    }

    /** It ends by itself when its input does. */
    @Override
    public void close() throws IOException {
        try {
            in.close();
            Processes.awaitEnd(process);
        } finally {
            Processes.end(process);
        }
    }
}
