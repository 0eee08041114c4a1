package org.yuzui.web;

import org.yuzui.records.RecordQuery;
import org.yuzui.records.RecordStore;
import org.yuzui.records.StoredRecord;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A record store in memory. */
final class FakeRecords implements RecordStore {

    final List<StoredRecord> stored = new CopyOnWriteArrayList<>();

    @Override
    public Optional<StoredRecord> byId(UUID id) {
        return stored.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    @Override
    public List<StoredRecord> find(RecordQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void each(RecordQuery query, Consumer<StoredRecord> reader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<UUID> containing(Collection<UUID> ids, String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<org.yuzui.records.StoredVersion> recent(String contract, String key, int most) {
        return versions(contract, key).stream().limit(most)
                .map(r -> new org.yuzui.records.StoredVersion(r.id(), r.version(), r.latest(), r.day(), r.arrivedAt())).toList();
    }

    @Override
    public List<StoredRecord> versions(String contract, String key) {
        return stored.stream().filter(r -> r.contract().equals(contract) && r.key().equals(key)).toList();
    }
}
