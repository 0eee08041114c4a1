/** How occurrences are planned, claimed and run. Quartz wakes the hub; the rows decide what runs. */
package org.yuzui.scheduling.internal;
