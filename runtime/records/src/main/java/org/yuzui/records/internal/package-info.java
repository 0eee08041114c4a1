/** The pipeline: publish, deliver, try again. It knows nothing of replays but the bench that they work at. */
package org.yuzui.records.internal;
