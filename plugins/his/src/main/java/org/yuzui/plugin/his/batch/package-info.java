/** Files of HL7 messages, with the batch protocol's envelope (FHS, BHS, BTS, FTS) or without. Knows their structure, not the messages'. */
package org.yuzui.plugin.his.batch;
