package org.yuzui.records;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The latest content of every key, and all contents before it. Reads see every record that was acknowledged before they
 * began: they wait for the store to catch up, and fail when it can't within a few seconds.
 */
public interface RecordStore {

    Optional<StoredRecord> byId(UUID id);

    /** In the order of the keys. */
    List<StoredRecord> find(RecordQuery query);

    /** The same, streamed: never all in memory. */
    void each(RecordQuery query, Consumer<StoredRecord> reader);

    /**
     * Of some records those in whose content a text stands, in any case: in a text, number or truth value, not in a name of a property.
     * Each of them is opened.
     */
    Set<UUID> containing(Collection<UUID> ids, String text);

    /**
     * The newest contents of a key and the one that counts, without what is in them, the first one first: a key may have very many. As the
     * store stands, without waiting for it to catch up.
     */
    List<StoredVersion> recent(String contract, String key, int most);

    /** All contents of a key, the first one first. */
    List<StoredRecord> versions(String contract, String key);
}
