package org.yuzui.bench;

/** One thing to measure; everything that it starts it also ends. */
interface Scenario {

    void measure(Setting setting, Results results) throws Exception;
}
