/**
 * A sender of HL7 v2 over MLLP for demonstrations and tests: it makes days of plausible, plainly invented hospital traffic
 * and tells what a report about them must show. It knows nothing of the hub but a host and a port.
 */
package org.yuzui.launcher.demo;
