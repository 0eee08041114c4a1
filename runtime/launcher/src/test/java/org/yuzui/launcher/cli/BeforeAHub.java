package org.yuzui.launcher.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The same of commands that talk to a hub: it answers what a test says. */
abstract class BeforeAHub extends AtTheTerminal {

    FakeRest rest;

    @BeforeEach
    void startHub() throws IOException {
        rest = new FakeRest();
    }

    @AfterEach
    void stopHub() {
        rest.close();
    }

    /** To the hub, with its token when no other is named. */
    @Override
    final int yuzui(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", rest.url()));
        if (!all.contains("--token")) {
            all.addAll(List.of("--token", FakeRest.TOKEN));
        }
        return super.yuzui(all.toArray(String[]::new));
    }
}
