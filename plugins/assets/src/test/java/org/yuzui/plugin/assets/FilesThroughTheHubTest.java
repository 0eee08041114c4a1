package org.yuzui.plugin.assets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.Flow;
import org.yuzui.testkit.HubExtension;
import org.yuzui.testkit.cases.CaseFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.assets.Patience.await;

/** Workbooks that a spreadsheet library wrote, in the inbox of a running hub. */
class FilesThroughTheHubTest {

    private static final Site SITE = new Site("files");

    @RegisterExtension
    static final HubExtension HUB = SITE.hub;

    @Test
    void aWorkbookIsDoneWhenItsRecordsAreThereAndTheSameAgainMakesNone() throws Exception {
        assertThat(SITE.give("a.xlsx", example("cards-and-movements"))).isNull();
        assertThat(SITE.inbox.resolve(".done/a.xlsx")).exists();
        await().untilAsserted(() -> assertThat(SITE.records("assets.movement.v1")).extracting(m -> m.path("number").asText())
                .contains("DJ-2026-11", "JY-2026-07", "GH-2026-07", "CZ-2026-03"));
        int assets = SITE.all("assets.asset.v1").size();
        int movements = SITE.all("assets.movement.v1").size();
        assertThat(SITE.all("assets.asset.v1").toString()).contains("测***").doesNotContain("测试一号");

        assertThat(SITE.give("a.xlsx", example("cards-and-movements"))).isNull();
        assertThat(SITE.inbox.resolve(".done/a.xlsx.2")).exists();
        assertThat(SITE.all("assets.asset.v1")).hasSize(assets);
        assertThat(SITE.all("assets.movement.v1")).hasSize(movements);
    }

    @Test
    void everyFailingCellIsNamedAtOnceAndNothingIsTaken() throws Exception {
        String report = SITE.give("faulty.xlsx", example("faulty-cells"));

        assertThat(report).contains("7 findings", "资产卡片!C2 资产编号 = '1230000001': number-as-code", "资产卡片!H3 原值: formula",
                "资产卡片!J4 取得日期 = '43957': date-as-number", "2020-05-06", "资产卡片!F5 数量 = '三': bad-number",
                "资产卡片!A6 单位编码 = '510199-F01': unknown-unit", "资产卡片!L7 使用状态 = '丢失': unknown-value", "资产卡片!H8 原值 = '-1': negative",
                "Copy the column and paste it as values");
        assertThat(SITE.records("assets.asset.v1")).noneSatisfy(a -> assertThat(a.path("asset").asText()).startsWith("ZC-510104-01"));
        await().untilAsserted(() -> assertThat(SITE.refused()).extracting(Flow::causeCode).contains("number-as-code"));
    }

    @Test
    void aRefusedWorkbookIsKeptAndAnotherGoesInInItsPlace() throws Exception {
        byte[] bad = mended("坏");
        assertThat(SITE.give("mend.xlsx", bad)).contains("bad-number");
        await().untilAsserted(() -> assertThat(SITE.refused()).extracting(Flow::sourceId).contains("mend.xlsx"));
        Flow flow = SITE.refused().stream().filter(f -> "mend.xlsx".equals(f.sourceId())).findFirst().orElseThrow();
        assertThat(HUB.hub().ledger().payload(flow.id())).hasValueSatisfying(p -> assertThat(p.bytes()).isEqualTo(bad));

        HUB.post("/records/" + flow.id() + "/mend", "{\"reason\": \"counted again\", \"base64\": \""
                + Base64.getEncoder().encodeToString(mended(3)) + "\"}");

        await().untilAsserted(() -> assertThat(SITE.records("assets.asset.v1")).anySatisfy(a -> assertThat(a.path("asset").asText()).isEqualTo("MEND-1")));
        assertThat(SITE.inbox.resolve(".done/mend.xlsx")).exists();
    }

    private static byte[] mended(Object quantity) throws IOException {
        return new TestBook().sheet("资产卡片", "单位", "资产编号", "资产名称", "分类代码", "数量", "计量单位", "原值", "取得日期",
                "使用状态", "数据日期").row("锦江", "MEND-1", "桌子", "A05", quantity, "张", 10, "2026-01-02", "在用", "2026-10-31").bytes();
    }

    @Test
    void whatTheHubRefusesRefusesTheFile() throws Exception {
        // a unit that the settings have and the hub has not
        String report = SITE.give("nobody.xlsx", new TestBook().sheet("资产卡片", "单位", "资产编号", "资产名称", "分类代码", "数量", "计量单位", "原值", "取得日期",
                "使用状态", "数据日期").row("无此单位", "N-1", "桌子", "A05", 1, "张", 10, "2026-01-02", "在用", "2026-10-31").bytes());
        assertThat(report).contains("unknown-unit");
    }

    @Test
    void whatIsNoWorkbookIsRefused() throws Exception {
        assertThat(SITE.give("old.xlsx", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0})).contains("old-format");
        assertThat(SITE.give("text.xlsx", "hello".getBytes())).contains("unknown-format");
    }

    private static byte[] example(String name) throws IOException {
        return CaseFile.bytes(Path.of("examples", name, "given.xlsx"));
    }
}
