package org.yuzui.launcher.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;

/** Writes an event the way Chinese HIS write HL7 v2: PID-3 with two identifiers, department and ward inside PV1-3. */
final class Hl7Text {

    private static final String[] DEPARTMENTS = {
        "0201&呼吸与危重症医学科", "0203&心血管内科", "0205&内分泌科", "0301&普通外科", "0305&骨科", "0401&妇产科", "0501&儿科", "0901&中医科"};
    private static final String[] DIAGNOSES = {
        "J44.900^慢性阻塞性肺疾病", "I10.x00^原发性高血压", "E11.900^2型糖尿病", "K35.900^急性阑尾炎", "S52.500^桡骨下端骨折",
        "O80.000^头位顺产", "J06.900^急性上呼吸道感染", "M54.500^腰痛"};
    private static final String[] DIGITS = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    private static final char[] CHECK = "10X98765432".toCharArray();
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Hl7Text() {
    }

    static Outgoing.Frame write(VisitEvent event) {
        Visit visit = event.visit();
        Hospital.Dialect dialect = visit.hospital.dialect();
        StringBuilder rest = new StringBuilder(640);
        switch (event.kind()) {
            case R01 -> {
                patient(rest, visit);
                place(rest, event);
                result(rest, event);
            }
            case O01 -> {
                patient(rest, visit);
                place(rest, event);
                order(rest, event);
            }
            case S12 -> {
                appointment(rest, event);
                patient(rest, visit);
                place(rest, event);
                rest.append("RGS|1|A\rAIS|1|A|FZ^复诊^L\rAIL|1|A|ZS").append(visit.person % 9 + 1).append("^诊室\r");
            }
            case P03 -> {
                evn(rest, event);
                patient(rest, visit);
                place(rest, event);
                charge(rest, event, 1, "110200001^普通门诊诊查费^L", 1, 1200);
                charge(rest, event, 2, "250101015^血细胞分析^L", 1 + visit.person % 3, 1850);
            }
            case A42 -> {
                evn(rest, event);
                patient(rest, visit);
                rest.append("MRG|P").append(visit.person).append("||||").append(visit.second()).append('\r');
                place(rest, event);
            }
            default -> admission(rest, event);
        }
        String type = type(event.kind());
        String id = controlId(visit.hospital.facility(), event, rest);
        StringBuilder all = new StringBuilder(rest.length() + 160);
        all.append('\u000b').append("MSH|^~\\&|HIS|").append(visit.hospital.facility()).append("|YUZUI|JGSWJ|");
        time(all, event.at()).append("||").append(type).append('|').append(id).append("|P|").append(dialect.version)
                .append("|||AL|AL|CHN|").append(dialect.declared).append('\r').append(rest).append("\u001c\r");
        return new Outgoing.Frame(all.toString().getBytes(dialect.charset), id);
    }

    private static void evn(StringBuilder s, VisitEvent event) {
        time(s.append("EVN|").append(event.kind().trigger()).append('|'), event.at()).append('\r');
    }

    private static void admission(StringBuilder s, VisitEvent event) {
        Visit visit = event.visit();
        evn(s, event);
        patient(s, visit);
        place(s, event);
        s.append("DG1|1||").append(DIAGNOSES[pick(visit, DIAGNOSES.length)]).append("^ICD-10||");
        day(s, event.at().toLocalDate()).append(event.kind() == Visit.Kind.A03 ? "|F\r" : "|A\r");
    }

    private static String type(Visit.Kind kind) {
        return switch (kind) {
            case R01 -> "ORU^R01^ORU_R01";
            case O01 -> "ORM^O01^ORM_O01";
            case S12 -> "SIU^S12^SIU_S12";
            case P03 -> "DFT^P03^DFT_P03";
            default -> "ADT^" + kind.trigger() + "^" + structure(kind);
        };
    }

    private static void order(StringBuilder s, VisitEvent event) {
        String number = event.visit().number + "O" + event.place();
        s.append("ORC|NW|").append(number).append("|||||^^^^^R||");
        time(s, event.at()).append("\rOBR|1|").append(number).append("||XCG^血常规^L|R|");
        time(s, event.at()).append('\r');
    }

    private static void appointment(StringBuilder s, VisitEvent event) {
        LocalDateTime begins = event.at().toLocalDate().plusDays(7).atTime(9, (int) (event.visit().person % 60));
        s.append("SCH||").append(event.visit().number).append('S').append(event.place()).append("|||||FZ^复诊||15|MIN|^^^");
        time(s, begins).append('^');
        time(s, begins.plusMinutes(15)).append('\r');
    }

    private static void charge(StringBuilder s, VisitEvent event, int n, String item, long quantity, long cents) {
        s.append("FT1|").append(n).append('|').append(event.visit().number).append('F').append(event.place()).append('-').append(n).append("||");
        time(s, event.at()).append('|');
        time(s, event.at()).append("|CG|").append(item).append("|||").append(quantity).append('|');
        money(s, quantity * cents).append('|');
        money(s, cents).append('|').append(DEPARTMENTS[pick(event.visit(), DEPARTMENTS.length)].replace('&', '^')).append('\r');
    }

    private static StringBuilder money(StringBuilder s, long cents) {
        return two(s.append(cents / 100).append('.'), (int) (cents % 100));
    }

    private static String structure(Visit.Kind kind) {
        return switch (kind) {
            case A04, A08, A13, TWICE -> "ADT_A01";
            case A11 -> "ADT_A09";
            case A42 -> "ADT_A39";
            default -> "ADT_" + kind;
        };
    }

    /** Made of what the message says: the same message has the same id in every run, and no other message has it. */
    private static String controlId(String facility, VisitEvent event, CharSequence text) {
        long hash = 0xcbf29ce484222325L;
        for (String part : new String[] {facility, event.kind().name(), Integer.toString(event.place())}) {
            hash = fnv(hash, part);
        }
        return "Y" + Long.toUnsignedString(fnv(hash, text), 36).toUpperCase(java.util.Locale.ROOT);
    }

    private static long fnv(long begin, CharSequence text) {
        long hash = begin;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return (hash ^ '|') * 0x100000001b3L;
    }

    private static void patient(StringBuilder s, Visit visit) {
        LocalDate born = LocalDate.of(1936, 1, 1).plusDays(visit.person * 37 % 31_000);
        boolean woman = visit.person % 2 == 0;
        s.append("PID|1||P").append(visit.person).append("^^^HIS^PI~").append(identity(born, visit.person, woman))
                .append("^^^GA^NNCHN||测试^");
        String digits = Long.toString(visit.person % 1000);
        for (int i = 0; i < digits.length(); i++) {
            s.append(DIGITS[digits.charAt(i) - '0']);
        }
        s.append("号^^^^^L||");
        day(s, born).append(woman ? "|F" : "|M").append("|||示例路").append(visit.person % 99 + 1)
                .append("号^^^四川省^610000^CHN^H||^PRN^PH^^^028^00000000\r");
    }

    /** An identity number with a right check digit under a division code that does not exist: nobody has it. */
    private static String identity(LocalDate born, long person, boolean woman) {
        StringBuilder s = new StringBuilder(18).append("519999");
        day(s, born);
        long order = person % 500 * 2 + (woman ? 0 : 1);
        s.append((char) ('0' + order / 100 % 10)).append((char) ('0' + order / 10 % 10)).append((char) ('0' + order % 10));
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (s.charAt(i) - '0') * WEIGHTS[i];
        }
        return s.append(CHECK[sum % 11]).toString();
    }

    private static void place(StringBuilder s, VisitEvent event) {
        Visit visit = event.visit();
        int department = pick(visit, DEPARTMENTS.length);
        boolean moved = event.kind() == Visit.Kind.A02;
        s.append("PV1|1|").append(visit.inpatient ? 'I' : 'O').append('|');
        ward(s, visit, moved ? (department + 1) % DEPARTMENTS.length : department).append("|1||");
        if (moved) {
            ward(s, visit, department);
        }
        s.append("|D").append(100 + department).append("^测试医师").append("|".repeat(12))
                .append(event.kind() == Visit.Kind.TWICE ? visit.second() : visit.number)
                .append("|".repeat(25));
        time(s, visit.begun).append('|');
        if (event.ended() != null) {
            time(s, event.ended());
        }
        s.append('\r');
    }

    private static StringBuilder ward(StringBuilder s, Visit visit, int department) {
        s.append(DEPARTMENTS[department]);
        return visit.inpatient ? s.append("^^").append(visit.person % 60 + 1) : s;
    }

    private static void result(StringBuilder s, VisitEvent event) {
        Visit visit = event.visit();
        String order = visit.number + "R" + event.place();
        s.append("OBR|1|").append(order).append('|').append(order).append("|XCG^血常规^L|||");
        time(s, event.at()).append("|".repeat(15));
        time(s, event.at()).append("|||F\r");
        observation(s, event, 1, "6690-2^白细胞计数^LN", 35 + visit.person % 80, "10*9/L", 35, 95);
        observation(s, event, 2, "718-7^血红蛋白^LN", 1100 + visit.person % 500, "g/L", 1150, 1750);
    }

    /** Values come as tenths, so that no digit depends on floating point. */
    private static void observation(StringBuilder s, VisitEvent event, int n, String code, long tenths, String unit, int low,
                                    int high) {
        s.append("OBX|").append(n).append("|NM|").append(code).append("||").append(tenths / 10).append('.').append(tenths % 10)
                .append('|').append(unit).append('|').append(low / 10.0).append('-').append(high / 10.0).append('|')
                .append(tenths < low ? "L" : tenths > high ? "H" : "N").append("|||F|||");
        time(s, event.at()).append('\r');
    }

    private static int pick(Visit visit, int of) {
        return (int) (visit.person % of);
    }

    private static StringBuilder time(StringBuilder s, LocalDateTime at) {
        day(s, at.toLocalDate());
        two(s, at.getHour());
        two(s, at.getMinute());
        return two(s, at.getSecond());
    }

    private static StringBuilder day(StringBuilder s, LocalDate day) {
        s.append(day.getYear());
        two(s, day.getMonthValue());
        return two(s, day.getDayOfMonth());
    }

    private static StringBuilder two(StringBuilder s, int value) {
        return s.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
