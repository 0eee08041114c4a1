package org.yuzui.records;

import org.yuzui.contracts.CheckedRecord;

/**
 * What became of a publish.
 *
 * @param record  the checked, masked record
 * @param outcome {@code NEW}: durable now (or with the batch that it belongs to); {@code DUPLICATE}: it was there before
 */
public record Publication(CheckedRecord record, Outcome outcome) {

    public enum Outcome { NEW, DUPLICATE }
}
