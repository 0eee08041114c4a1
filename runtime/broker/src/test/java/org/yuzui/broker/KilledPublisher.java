package org.yuzui.broker;

import java.nio.file.Path;
import java.util.List;

/** Runs in a JVM of its own: publishes without end and prints each id once it is acknowledged, until it is killed. */
final class KilledPublisher {

    private KilledPublisher() {
    }

    public static void main(String[] args) {
        Broker broker = Sample.broker(Path.of(args[0]));
        Publisher publisher = broker.publisher();
        for (int t = 0; t < 8; t++) {
            String caller = args[1] + "-" + t;
            new Thread(() -> {
                for (int i = 0; true; i++) {
                    String id = caller + "-" + i;
                    publisher.publish(List.of(Sample.visit(caller, id, id)), Sample.bytes("hop " + id));
                    System.out.println("ack " + id);
                }
            }).start();
        }
    }
}
