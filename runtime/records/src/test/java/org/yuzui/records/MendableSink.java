package org.yuzui.records;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Where records go to that can't take any until it is mended. */
final class MendableSink implements Reader {

    /** {@code METER VALUE} of each record that it took, in their order. */
    final List<String> delivered = new CopyOnWriteArrayList<>();
    volatile boolean mended;
    private final Supplier<RuntimeException> broken;

    MendableSink(Supplier<RuntimeException> broken) {
        this.broken = broken;
    }

    @Override
    public void read(List<Delivered> records, Batch batch) {
        if (!mended) {
            throw broken.get();
        }
        records.forEach(r -> delivered.add(r.body().path("meter").asText() + " " + r.body().path("value").asInt()));
    }
}
