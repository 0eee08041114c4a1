/** From the hub to other systems: records become HL7 messages that are sent until they are answered, in their order. */
package org.yuzui.plugin.his.send;
