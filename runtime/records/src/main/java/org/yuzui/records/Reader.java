package org.yuzui.records;

import java.util.List;

/** What a subscription does with its records. */
@FunctionalInterface
public interface Reader {

    /**
     * Takes records, one unless the subscription asked for whole batches. Throwing a
     * {@link org.yuzui.spi.RefusedException} sends them to the dead letters at once; anything else is tried again.
     */
    void read(List<Delivered> records, Batch batch) throws Exception;
}
