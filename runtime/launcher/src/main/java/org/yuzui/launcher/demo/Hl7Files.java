package org.yuzui.launcher.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Messages from {@code *.hl7} files, as the bytes they are: no charset is assumed and nothing is repaired but line ends. */
final class Hl7Files {

    private Hl7Files() {
    }

    /**
     * The messages of all {@code *.hl7} files of a folder in the order of their names; a file holds one message, or several in MLLP
     * frames. A bare line feed is taken for the segment end that it stands for.
     */
    static List<Outgoing> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder");
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(f -> f.getFileName().toString().endsWith(".hl7")).sorted().toList();
        }
        List<Outgoing> messages = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            List<byte[]> parts = split(Files.readAllBytes(file));
            for (int i = 0; i < parts.size(); i++) {
                byte[] frame = frame(parts.get(i));
                messages.add(new FileMessage(parts.size() == 1 ? name : name + "#" + (i + 1),
                        new Outgoing.Frame(frame, controlId(frame))));
            }
        }
        return messages;
    }

    private record FileMessage(String name, Frame frame) implements Outgoing {
    }

    private static List<byte[]> split(byte[] bytes) {
        List<byte[]> parts = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0x0b) {
                start = i + 1;
            } else if (bytes[i] == 0x1c && start >= 0) {
                parts.add(java.util.Arrays.copyOfRange(bytes, start, i));
                start = -1;
            }
        }
        return parts.isEmpty() ? List.of(bytes) : parts;
    }

    private static byte[] frame(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 8);
        out.write(0x0b);
        for (int i = 0; i < message.length; i++) {
            boolean afterReturn = i > 0 && message[i - 1] == '\r';
            if (message[i] != '\n') {
                out.write(message[i]);
            } else if (!afterReturn) {
                out.write('\r');
            }
        }
        out.write(0x1c);
        out.write('\r');
        return out.toByteArray();
    }

    /** MSH-10; null where the message has none. ISO-8859-1 keeps every byte, and a control id is ASCII. */
    private static String controlId(byte[] frame) {
        String text = new String(frame, 1, Math.min(frame.length - 1, 2048), StandardCharsets.ISO_8859_1);
        if (!text.startsWith("MSH") || text.length() < 5) {
            return null;
        }
        String header = text.substring(0, text.indexOf('\r') < 0 ? text.length() : text.indexOf('\r'));
        String[] fields = header.split(java.util.regex.Pattern.quote(header.substring(3, 4)), -1);
        return fields.length > 9 && !fields[9].isBlank() ? fields[9] : null;
    }
}
