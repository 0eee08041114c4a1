package org.yuzui.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A hub in a process of its own, to be killed: opens the store, writes one row, says so, and waits. */
final class HubProcess {

    private HubProcess() {
    }

    /** Returns when the row is committed. */
    static Process start(Path data, int id) throws IOException {
        Process process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), HubProcess.class.getName(), data.toString(),
                Integer.toString(id)))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); !"committed".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("The hub ended with " + process.exitValue());
            }
        }
        return process;
    }

    public static void main(String[] arguments) throws Exception {
        try (Store store = Store.open(StoreSettings.embedded(Path.of(arguments[0])))) {
            store.jdbi().useHandle(h -> h.execute("INSERT INTO things.thing VALUES (?, 'before the kill')",
                    Integer.valueOf(arguments[1])));
            System.out.println("committed");
            // Until the parent kills it, or ends.
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
