package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** An operator of charging piles pushes to a running hub over HTTP, in the envelope of T/CEC 102.4. */
class ChargingThroughTheHubTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPERATOR = "123456789";
    /** The keys, and below the data and its signature, of the standard's own example as public programs have it. */
    private static final String KEY = "1234567890abcdef";
    private static final String EXAMPLE = """
            {"OperatorID": "123456789", "Data": "il7B0BSEjFdzpyKzfOFpvg/Se1CP802RItKYFPfSLRxJ3jf0bVl9hvYOEktPAYW2nd7S8MBcyHYyacHKbISq5iTmDzG+ivnR+SZJv3USNTYVMz9rCQVSxd0cLlqsJauko79NnwQJbzDTyLooYoIwz75qBOH2/xOMirpeEqRJrF/EQjWekJmGk9RtboXePu2rka+Xm51syBPhiXJAq0GfbfaFu9tNqs/e2Vjja/ltE1M0lqvxfXQ6da6HrThsm5id4ClZFIi0acRfrsPLRixS/IQYtksxghvJwbqOsbIsITail9Ayy4tKcogeEZiOO+4Ed264NSKmk7l3wKwJLAFjCFogBx8GE3OBz4pqcAn/ydA=",
             "TimeStamp": "20160729142400", "Seq": "0001", "Sig": "745166E8C43C84D37FFEC0F529C4136F"}""";
    private static final int PORT = PluginUnderTest.freePort();

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of().plugin(PluginUnderTest.jar())
            .file("config/org/units.csv", """
                    code,name,level,parent
                    510000,四川省,province,
                    510100,成都市,city,510000
                    510104,锦江区,county,510100
                    510104-G01,锦江区政务中心,institution,510104
                    """)
            .settings("energy", """
                    charging:
                      port: %d
                      operators:
                        "123456789": {secret: operator-secret, dataSecret: 1234567890abcdef, dataSecretIv: 1234567890abcdef, sigSecret: 1234567890abcdef}
                      piles:
                        C-1: {unit: 510104-G01}
                        C-2: {unit: 510104-G01, behindMeter: false}
                    """.formatted(PORT));

    @Test
    void theStandardsExampleIsOpenedAndAnsweredThoughItIsNotStrictJson() throws Exception {
        JsonNode answer = post("notification_stationStatus", token(), EXAMPLE);
        assertThat(answer.get("Ret").asInt()).isZero();
        assertThat(open(answer).get("Status").asInt()).isZero();
    }

    @Test
    void whoHasNoTokenOrSignsWronglyIsTurnedAway() throws Exception {
        assertThat(post("notification_stationStatus", "", EXAMPLE).get("Ret").asInt()).isEqualTo(4002);
        assertThat(post("notification_stationStatus", token(), EXAMPLE.replace("745166", "745167")).get("Ret").asInt()).isEqualTo(4001);
        assertThat(post("notification_stationStatus", token(), EXAMPLE.replace("\"123456789\"", "\"987654321\"")).get("Ret").asInt()).isEqualTo(4001);
        assertThat(post("notification_stationStatus", token(), "{").get("Ret").asInt()).isEqualTo(4003);
        assertThat(open(post("query_token", "", envelope("{\"OperatorID\":\"123456789\",\"OperatorSecret\":\"wrong\"}")))
                .get("SuccStat").asInt()).isEqualTo(1);
        assertThat(status("query_start_charge")).as("nothing here starts a charge").isEqualTo(404);
    }

    @Test
    void ordersCountOnTheDayOnWhichTheyEndAndWhatTheBuildingsMeterHasCountedIsNotConvertedAgain() throws Exception {
        String token = token();
        assertThat(order(token, "A1", "C-1", "2026-03-01 23:30:00", "2026-03-02 00:40:00", "20.5")).isZero();
        assertThat(order(token, "A2", "C-2", "2026-03-02 09:00:00", "2026-03-02 10:00:00", "10")).isZero();
        assertThat(order(token, "A2", "C-2", "2026-03-02 09:00:00", "2026-03-02 10:00:00", "10")).as("again").isZero();
        assertThat(order(token, "A3", "C-9", "2026-03-02 09:00:00", "2026-03-02 10:00:00", "10")).as("no unit's").isEqualTo(4004);
        assertThat(order(token, "A4", "C-1", "2026-03-02 09:00", "2026-03-02 10:00:00", "10")).isEqualTo(4004);
        assertThat(order(token, "A5", "C-1", "2026-03-02 09:00:00", "2026-03-02 10:00:00", "-1")).isEqualTo(4004);
        HUB.hub().scheduler().run("energy/daily-consumption", LocalDate.parse("2026-03-02"));
        assertThat(HUB.hub().records().store().find(RecordQuery.byDay("energy.daily.v1", LocalDate.parse("2026-03-02"))))
                .extracting(r -> r.body().get("kind").asText(), r -> r.body().get("consumption").asDouble(),
                        r -> r.body().get("behindMeter").asDouble(), r -> r.body().get("kgce").asDouble())
                .containsExactly(tuple("charging", 30.5, 20.5, 1.229)); // 10 kWh at 0.1229
        JsonNode report = HUB.get("/reports/energy-daily/2026-03-02?unit=510000");
        assertThat(report.at("/total/values/charging").asDouble()).isEqualTo(30.5);
        assertThat(report.at("/total/values/electricity").asDouble()).isZero();
        assertThat(report.at("/total/values/kgce").asDouble()).isEqualTo(1.229);
    }

    private static int order(String token, String order, String connector, String start, String end, String kWh) throws Exception {
        ObjectNode data = JSON.createObjectNode().put("StartChargeSeq", order).put("ConnectorID", connector).put("StartTime", start)
                .put("EndTime", end).put("TotalPower", new java.math.BigDecimal(kWh)).put("TotalMoney", 12.3);
        JsonNode answer = post("notification_charge_order_info", token, envelope(data.toString()));
        assertThat(open(answer).get("ConfirmResult").asInt()).isEqualTo(answer.get("Ret").asInt() == 0 ? 0 : 1);
        return answer.get("Ret").asInt();
    }

    private static String token() throws Exception {
        JsonNode answer = open(post("query_token", "", envelope("{\"OperatorID\":\"123456789\",\"OperatorSecret\":\"operator-secret\"}")));
        assertThat(answer.get("SuccStat").asInt()).isZero();
        return answer.get("AccessToken").asText();
    }

    private static String envelope(String data) throws Exception {
        String sealed = Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE).doFinal(data.getBytes(StandardCharsets.UTF_8)));
        return JSON.createObjectNode().put("OperatorID", OPERATOR).put("Data", sealed).put("TimeStamp", "20260302120000").put("Seq", "0001")
                .put("Sig", sign(OPERATOR + sealed + "20260302120000" + "0001")).toString();
    }

    private static JsonNode open(JsonNode answer) throws Exception {
        String data = answer.get("Data").asText();
        assertThat(answer.get("Sig").asText()).isEqualTo(sign(answer.get("Ret").asText() + answer.get("Msg").asText() + data));
        return JSON.readTree(cipher(Cipher.DECRYPT_MODE).doFinal(Base64.getDecoder().decode(data)));
    }

    private static Cipher cipher(int mode) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        byte[] key = KEY.getBytes(StandardCharsets.US_ASCII);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key));
        return cipher;
    }

    private static String sign(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.US_ASCII), "HmacMD5"));
        return HexFormat.of().withUpperCase().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode post(String service, String token, String body) throws Exception {
        HttpResponse<String> answer = send(service, token, body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static int status(String service) throws Exception {
        return send(service, "", "{}").statusCode();
    }

    private static HttpResponse<String> send(String service, String token, String body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/evcs/v20160701/" + service))
                .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
