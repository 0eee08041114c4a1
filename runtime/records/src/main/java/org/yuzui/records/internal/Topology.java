package org.yuzui.records.internal;

import org.yuzui.broker.Broker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How the pipeline's nouns are called in the broker, and that they are there before they are used. */
final class Topology {

    private static final String STORE = "store.";
    private static final String SUBSCRIPTION = "sub.";
    private static final String RETRY = "retry.";
    private static final String DEAD = "dead.";

    private final Broker broker;
    private final Set<String> contracts = ConcurrentHashMap.newKeySet();

    Topology(Broker broker) {
        this.broker = broker;
    }

    static String address(String contract) {
        return "record." + contract;
    }

    static String storeQueue(String contract) {
        return STORE + contract;
    }

    static String subscriptionQueue(String subscription) {
        return SUBSCRIPTION + subscription;
    }

    static String retryQueue(String subscription) {
        return RETRY + subscription;
    }

    static String deadQueue(String subscription) {
        return DEAD + subscription;
    }

    /** The contract of a store queue; null when the queue is another one. */
    static String contractOfStore(String queue) {
        return queue.startsWith(STORE) ? queue.substring(STORE.length()) : null;
    }

    /** The subscription of a main queue; null when the queue is another one. */
    static String subscriptionOf(String queue) {
        return queue.startsWith(SUBSCRIPTION) ? queue.substring(SUBSCRIPTION.length()) : null;
    }

    /** Makes the contract's address; cheap after the first time. Returns whether it was the first time. */
    boolean contract(String contract) {
        if (contracts.contains(contract)) {
            return false;
        }
        broker.address(address(contract));
        return contracts.add(contract);
    }

    void store(String contract) {
        broker.queue(address(contract), storeQueue(contract));
    }

    void subscription(String contract, String name) {
        broker.address(address(contract));
        broker.queue(address(contract), subscriptionQueue(name));
        for (String queue : new String[] {retryQueue(name), deadQueue(name)}) {
            broker.address(queue);
            broker.queue(queue, queue);
        }
    }
}
