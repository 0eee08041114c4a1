package org.yuzui.launcher.demo.meters;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/** What meters say, byte by byte. A question that none of them has to answer gets null. */
final class Answers {

    private static final int ADDED = 0x33;

    private Answers() {
    }

    /** @return the address that a DL/T 645 reading names; null when the bytes are none */
    static String address(byte[] question) {
        int at = begin(question);
        return at < 0 ? null : HexFormat.of().formatHex(turned(question, at + 1, 6)).toUpperCase(java.util.Locale.ROOT);
    }

    /** The answer to a DL/T 645 reading of four bytes of digits. */
    static byte[] dlt645(byte[] question, String address, BigInteger digits) {
        byte[] frame = new byte[20];
        int at = begin(question);
        System.arraycopy(question, at, frame, 0, 14);
        byte[] own = HexFormat.of().parseHex(address);
        for (int i = 0; i < 6; i++) {
            frame[1 + i] = own[5 - i];
        }
        frame[8] = (byte) 0x91;
        frame[9] = 8;
        byte[] bcd = HexFormat.of().parseHex("%08d".formatted(digits.mod(BigInteger.valueOf(100_000_000))));
        for (int i = 0; i < 4; i++) {
            frame[14 + i] = (byte) (bcd[3 - i] + ADDED);
        }
        int sum = 0;
        for (int i = 0; i < 18; i++) {
            sum += frame[i];
        }
        frame[18] = (byte) sum;
        frame[19] = 0x16;
        return frame;
    }

    /** A Modbus question, wherever it came in. */
    record Question(boolean tcp, int device, int function, int register, int count) {
        static Question of(byte[] b) {
            if (b.length == 12 && b[2] == 0 && b[3] == 0 && b[5] == 6) {
                return new Question(true, b[6] & 0xFF, b[7], u16(b, 8), u16(b, 10));
            }
            return b.length == 8 ? new Question(false, b[0] & 0xFF, b[1], u16(b, 2), u16(b, 4)) : null;
        }

        private static int u16(byte[] b, int at) {
            return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
        }
    }

    /** The answer to a Modbus reading. */
    static byte[] modbus(byte[] asked, Question question, Meter meter, BigInteger number) {
        byte[] digits = meter.type().equals("f32") ? BigInteger.valueOf(Integer.toUnsignedLong(Float.floatToIntBits(number.floatValue()))).toByteArray()
                : number.toByteArray();
        byte[] words = new byte[question.count() * 2];
        for (int i = 0; i < Math.min(words.length, digits.length); i++) {
            words[words.length - 1 - i] = digits[digits.length - 1 - i];
        }
        if (meter.lowFirst()) {
            byte[] other = words.clone();
            for (int w = 0; w < question.count(); w++) {
                System.arraycopy(other, other.length - 2 - 2 * w, words, 2 * w, 2);
            }
        }
        byte[] pdu = new byte[3 + words.length];
        pdu[0] = (byte) question.device();
        pdu[1] = (byte) question.function();
        pdu[2] = (byte) words.length;
        System.arraycopy(words, 0, pdu, 3, words.length);
        return framed(asked, question, pdu);
    }

    /** The exception 02, illegal data address. */
    static byte[] noSuchRegister(byte[] asked, Question question) {
        return framed(asked, question, new byte[] {(byte) question.device(), (byte) (question.function() | 0x80), 2});
    }

    private static byte[] framed(byte[] asked, Question question, byte[] pdu) {
        if (question.tcp()) {
            byte[] frame = new byte[6 + pdu.length];
            frame[0] = asked[0];
            frame[1] = asked[1];
            frame[5] = (byte) pdu.length;
            System.arraycopy(pdu, 0, frame, 6, pdu.length);
            return frame;
        }
        byte[] frame = Arrays.copyOf(pdu, pdu.length + 2);
        int crc = 0xFFFF;
        for (byte b : pdu) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xA001 : crc >> 1;
            }
        }
        frame[pdu.length] = (byte) crc;
        frame[pdu.length + 1] = (byte) (crc >> 8);
        return frame;
    }

    private static int begin(byte[] b) {
        int at = 0;
        while (at < b.length && b[at] == (byte) 0xFE) {
            at++;
        }
        return b.length - at == 16 && b[at] == 0x68 && b[at + 7] == 0x68 && b[at + 8] == 0x11 ? at : -1;
    }

    private static byte[] turned(byte[] b, int from, int count) {
        byte[] turned = new byte[count];
        for (int i = 0; i < count; i++) {
            turned[i] = b[from + count - 1 - i];
        }
        return turned;
    }
}
