/**
 * What the packaged hub does on this machine, each figure beside what the disk, plain Artemis or the aim allows. A program,
 * started by {@code distribution/bench/run.sh}; the build compiles it and never runs it.
 */
package org.yuzui.bench;
