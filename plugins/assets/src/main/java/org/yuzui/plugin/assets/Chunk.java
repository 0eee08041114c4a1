package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** Records of one contract that are published with one wait. */
record Chunk(String contract, List<ObjectNode> records) {

    static final String ASSET = "assets.asset.v1";
    static final String MOVEMENT = "assets.movement.v1";
}
