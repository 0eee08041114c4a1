package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** Records of one contract that are published with one wait. */
record Chunk(String contract, List<ObjectNode> records) {

    static final String ROSTER = "hr.roster.v1";
    static final String CHANGE = "hr.change.v1";
    static final String PERSON = "hr.person.v1";
    static final String HEADCOUNT = "hr.headcount.v1";
}
