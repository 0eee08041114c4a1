package org.yuzui.web;

import org.yuzui.kernel.Registration;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.Publication;
import org.yuzui.records.Reader;
import org.yuzui.records.RecordQuery;
import org.yuzui.records.RecordStore;
import org.yuzui.records.Records;
import org.yuzui.records.StoredRecord;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A record store in memory; nothing can be published here. */
final class FakeRecords implements Records, RecordStore {

    final List<StoredRecord> stored = new CopyOnWriteArrayList<>();
    final List<SubscriptionStatus> subscriptions = new CopyOnWriteArrayList<>();

    @Override
    public Publication publish(Draft draft) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Publication> publishAll(List<Draft> drafts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UUID refuse(Origin origin, String contract, RefusedException reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UUID ignore(Origin origin, String remark) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration subscribe(String contract, SubscriptionSettings settings, Reader reader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public org.yuzui.records.Replays replays(org.yuzui.records.ArrivalDoor door) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RecordStore store() {
        return this;
    }

    @Override
    public List<SubscriptionStatus> subscriptions() {
        return subscriptions;
    }

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
    public java.util.Set<UUID> containing(java.util.Collection<UUID> ids, String text) {
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

    @Override
    public void close() {
    }
}
