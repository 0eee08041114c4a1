package org.yuzui.routing.internal;

import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.routing.StoppedRoute;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.routing.Patience.await;

class StoppedRoutesTest {

    /** What the look has read is of before the stop by then. */
    @Test
    void aLookAtWhatOthersDidForgetsNothingThatIsDoneHereMeanwhile(@TempDir Path folder) throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Store store = Store.open(StoreSettings.embedded(folder.resolve("postgres"))); StoppedRoutes routes = new StoppedRoutes(store)) {
            store.jdbi().setSqlLogger(new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                    if (Thread.currentThread().getName().equals("yuzui-stopped-routes")) {
                        looked.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }
            });
            CountDownLatch told = new CountDownLatch(1);
            routes.follow(told::countDown);
            looked.await();

            Thread stopping = new Thread(() -> routes.add(new StoppedRoute("his", "receive", "li", null, Instant.parse("2026-11-22T04:00:00Z"))));
            stopping.start();
            await().until(() -> !stopping.isAlive() || stopping.getState() == Thread.State.BLOCKED);
            goOn.countDown();
            stopping.join();

            assertThat(told.getCount()).as("nobody else did anything").isOne();
            assertThat(routes.find("his", "receive")).isPresent();
        }
    }
}
