package org.yuzui.plugin.finance;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** Records of one contract that are published with one wait. */
public record Chunk(String contract, List<ObjectNode> records) {

    public static final String VOUCHER = "finance.voucher.v1";
    public static final String BALANCE = "finance.balance.v1";
    public static final String EXPENSE = "finance.expense.v1";
    public static final String BUDGET = "finance.budget.v1";
    public static final String BOOK = "finance.book.v1";
    public static final String ASSET = "finance.asset.v1";
}
