package org.yuzui.plugin.his;

/** Synthetic messages in the dialect of Chinese hospitals. */
final class Messages {

    private Messages() {
    }

    static String adt(String event, String controlId, String visit) {
        return adt(event, controlId, visit, "SCSY", "20260302083000");
    }

    static String adt(String event, String controlId, String visit, String facility, String at) {
        boolean outpatient = event.equals("A04");
        return String.join("\r",
                "MSH|^~\\&|HIS|" + facility + "|HUB|JGSWJ|" + at + "||ADT^" + event + "^ADT_A01|" + controlId
                        + "|P|2.4|||AL|AL|CHN|UNICODE UTF-8",
                "EVN|" + event + "|" + at,
                "PID|1||" + visit + "^^^HIS^PI~510104199001010019^^^GA^NNCHN||测试^一号^^^^^L||19900101|M",
                "PV1|1|" + (outpatient ? "O" : "I") + "|020116&呼吸与危重症医学科^^45|1|||D001^王医师||||||||||D001^王医师|城乡医保|"
                        + visit + "||||||||||||||||||||||||||" + (event.equals("A01") || outpatient ? at : ""),
                "");
    }

    static String oru(String controlId) {
        return String.join("\r",
                "MSH|^~\\&|LIS|SCSY|HUB|JGSWJ|20260303092000||ORU^R01^ORU_R01|" + controlId
                        + "|P|2.5.1|||AL|AL|CHN|UNICODE UTF-8",
                "PID|1||ZY20260001^^^HIS^PI||测试^一号^^^^^L||19900101|M",
                "PV1|1|I|020116&呼吸与危重症医学科^^45",
                "OBR|1|9401751^HIS|0920180^LIS|9020000104^肝功能^L|||20260303080000|||||||||||||||20260303091500|||F",
                "OBX|1|NM|0301013^丙氨酸氨基转移酶^L||27.50|U/L|7.00-40.00|N|||F",
                "OBX|2|NM|0301007^总胆红素^L||24.60|μmol/L|2.00-21.00|H|||F",
                "OBX|3|TX|0309999^备注^L||患者测试一号复查||||||F",
                "OBR|2|9401752^HIS|0920181^LIS|9020000200^血常规^L|||20260303080000|||||||||||||||20260303091700|||F",
                "OBX|1|NM|0100001^白细胞^L||5.10|10*9/L|3.5-9.5|N|||F",
                "");
    }
}
