/**
 * For the tests of plugins and of the hub: real hubs with embedded PostgreSQL and Artemis on ephemeral ports, as a JUnit 5
 * extension ({@link org.yuzui.testkit.HubExtension}) and without it ({@link org.yuzui.testkit.TestHub}), a maker of plugin jars,
 * a plugin's cases as dynamic tests ({@link org.yuzui.testkit.PluginCases}); files for inboxes ({@link org.yuzui.testkit.GivenFile}) and a
 * certificate for secured lines ({@link org.yuzui.testkit.TestCertificate}).
 *
 * <pre>{@code
 * @RegisterExtension
 * static final HubExtension HUB = HubExtension.of()
 *         .plugin(PluginJar.of("meters", "1.0.0").file("contracts/meter.reading.v1.schema.json", SCHEMA));
 *
 * @Test
 * void theContractIsThere() {
 *     assertThat(HUB.get("/plugins/meters").at("/contracts/0").asText()).isEqualTo("meter.reading.v1");
 * }
 * }</pre>
 */
package org.yuzui.testkit;
