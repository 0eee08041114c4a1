package org.yuzui.web;

import io.micrometer.core.instrument.MeterRegistry;
import org.yuzui.access.Access;
import org.yuzui.access.Audit;
import org.yuzui.container.Plugins;
import org.yuzui.contracts.Contract;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.ContentSearches;
import org.yuzui.records.RecordStore;
import org.yuzui.records.Replays;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.records.Views;
import org.yuzui.reporting.Reports;
import org.yuzui.routing.Routes;
import org.yuzui.rules.Rule;
import org.yuzui.scheduling.Scheduler;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rooms whose services the control plane shows.
 *
 * @param contracts the contracts that are deployed now, in the order of their ids
 * @param rules     the rules that count now, in the order of their ids
 * @param info      asked on every call that shows it
 * @param meters    where measures are kept: a {@code PrometheusMeterRegistry}, or a composite that one is added to; null to
 *                  have one made
 * @param operations what operators look into
 */
public record HubServices(Access access, Audit audit, Plugins plugins, Supplier<List<Contract>> contracts, Routes routes,
                          Supplier<Collection<Rule>> rules, RecordStore records, Supplier<List<SubscriptionStatus>> subscriptions,
                          Replays replays, ContentSearches contentSearches, Views views, Ledger ledger,
                          Scheduler scheduler, Reports reports, Supplier<HubInfo> info,
                          MeterRegistry meters, Operations operations) {
}
