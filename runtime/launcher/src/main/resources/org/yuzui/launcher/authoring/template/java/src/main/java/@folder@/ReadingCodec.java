package @package@;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code meter;at;value[;unit]} lines, the first one the header. Stateless but for its settings. */
public final class ReadingCodec {

    private final String unit;

    /** @param settings {@code unit} is the unit of lines that name none */
    public ReadingCodec(Settings settings) {
        this.unit = settings.text("unit", "");
    }

    /**
     * All readings of a file, or none.
     *
     * @throws RefusedException {@code charset}, {@code empty} or {@code bad-line}, naming the line
     */
    public List<JsonNode> read(@Body byte[] file, Exchange exchange) {
        exchange.getMessage().setHeader(Headers.ARRIVED, file); // kept by the hub if anything is refused
        return read(text(file));
    }

    List<JsonNode> read(String text) {
        String[] lines = text.split("\\R");
        List<JsonNode> readings = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                readings.add(reading(lines[i], i + 1));
            }
        }
        if (readings.isEmpty()) {
            throw new RefusedException("empty", null, "The file has no reading.");
        }
        return readings;
    }

    private JsonNode reading(String line, int number) {
        String[] cells = line.split(";", -1);
        if (cells.length < 3 || cells.length > 4) {
            throw new RefusedException("bad-line", "line " + number, "It has " + cells.length + " cells instead of 3 or 4.");
        }
        ObjectNode reading = JsonNodeFactory.instance.objectNode();
        reading.put("unit", cells.length == 4 && !cells[3].isBlank() ? cells[3].strip() : unit);
        reading.put("meter", cells[0].strip());
        reading.put("at", cells[1].strip());
        try {
            reading.put("value", new BigDecimal(cells[2].strip()));
        } catch (NumberFormatException e) {
            throw new RefusedException("bad-line", "line " + number, "The value is no number.");
        }
        return reading;
    }

    private static String text(byte[] file) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException("charset", null, "The file is not UTF-8.");
        }
    }
}
