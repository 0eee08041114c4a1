package org.yuzui.launcher.demo;

/**
 * An HL7 acknowledgement.
 *
 * @param code   MSA-1: AA, AE, AR (or CA, CE, CR); empty when there is no MSA
 * @param id     MSA-2, the control id that it answers
 * @param reason the text of ERR, else MSA-3; empty when none is given
 */
record Answer(String code, String id, String reason) {

    static Answer read(String message) {
        String code = "";
        String id = "";
        String reason = "";
        for (int from = 0; from < message.length();) {
            int end = message.indexOf('\r', from);
            end = end < 0 ? message.length() : end;
            if (message.startsWith("MSA|", from)) {
                String segment = message.substring(from, end);
                code = field(segment, 1);
                id = field(segment, 2);
                reason = reason.isEmpty() ? field(segment, 3) : reason;
            } else if (message.startsWith("ERR|", from)) {
                String segment = message.substring(from, end);
                String said = field(segment, 8).isEmpty() ? field(segment, 7) : field(segment, 8);
                reason = said.isEmpty() ? reason : said;
            }
            from = end + 1;
        }
        return new Answer(code, id, unescape(reason));
    }

    private static String field(String segment, int n) {
        int from = 0;
        for (int i = 0; i < n; i++) {
            from = segment.indexOf('|', from) + 1;
            if (from == 0) {
                return "";
            }
        }
        int end = segment.indexOf('|', from);
        return segment.substring(from, end < 0 ? segment.length() : end);
    }

    private static String unescape(String text) {
        return text.indexOf('\\') < 0 ? text
                : text.replace("\\F\\", "|").replace("\\S\\", "^").replace("\\T\\", "&").replace("\\R\\", "~")
                        .replace("\\E\\", "\\");
    }
}
