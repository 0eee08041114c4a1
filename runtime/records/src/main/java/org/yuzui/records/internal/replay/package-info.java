/**
 * What an admin does with messages afterwards: choose, try, mend, replay, dismiss. It sees the pipeline through
 * {@link org.yuzui.records.internal.Workbench} alone; queues, lanes and transactions are the pipeline's.
 */
package org.yuzui.records.internal.replay;
