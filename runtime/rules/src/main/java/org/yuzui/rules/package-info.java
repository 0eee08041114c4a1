/**
 * Decisions and checks: the DMN files that plugins bring, compiled, analysed and evaluated, and the FEEL checks that a
 * contract's {@code x-rules} names. It knows no record, no route and no clock inside a rule: what a rule depends on, it is given.
 */
package org.yuzui.rules;
