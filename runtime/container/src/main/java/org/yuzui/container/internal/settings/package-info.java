/**
 * The settings of plugins: their texts in {@code config/plugins}, what these mean under a plugin's schema, and their change.
 *
 * <ul>
 *   <li>{@code SettingsDesk} is all that the rest of the room sees; {@code FileSettingsDesk} answers it from the files.
 *   <li>{@code SettingsSchema} checks a tree and fills in defaults, with {@code Placeholders} filled and everything that is
 *       wrong told at once ({@code SettingsComplaints}).
 *   <li>{@code SecretFields} says which values are secret, {@code SecretBox} seals them.
 *   <li>{@code YamlEdit} changes a text and leaves alone what isn't concerned: {@code YamlShape} knows where each piece stands,
 *       {@code YamlEntries} and {@code YamlItems} work out the splices, {@code YamlWords} writes values.
 *   <li>{@code SettingsMoves} is what a schema says of the past, {@code SettingsMigration} carries it out, and
 *       {@code SettingsChanges} tells what a change comes to.
 * </ul>
 */
package org.yuzui.container.internal.settings;
