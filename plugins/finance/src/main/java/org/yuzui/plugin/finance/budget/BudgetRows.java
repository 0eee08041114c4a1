package org.yuzui.plugin.finance.budget;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.finance.Chunk;
import org.yuzui.plugin.finance.Chunks;
import org.yuzui.plugin.finance.file.BadFile;
import org.yuzui.plugin.finance.file.Row;
import org.yuzui.plugin.finance.file.Rows;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows of the integrated budget management as records; a row that is wrong refuses the file. */
public final class BudgetRows implements Chunks.Source {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    /** Taken as they are, by what the record calls them. */
    private static final Map<String, String> TEXTS = new LinkedHashMap<>();
    private static final Map<String, String> AMOUNTS = Map.of("PLAN_APP_AMT", "applied", "PLAN_AMT", "approved", "PAY_SUM_AMT", "paid");

    static {
        String[] pairs = {"MOF_DIV_CODE", "division", "AGENCY_CODE", "agency", "PRO_CODE", "project", "PLAN_ID", "plan",
            "PLAN_VOUCHER_NO", "planNumber", "PLAN_MONTH", "planMonth", "FUND_TYPE_CODE", "fundType", "BGT_ID", "indicator",
            "BGT_DEPT_CODE", "department", "BGT_MOF_DEP_CODE", "indicatorOffice", "MANAGE_MOF_DEP_CODE", "businessOffice",
            "BGT_TYPE_CODE", "indicatorType", "EXP_FUNC_CODE", "function", "GOV_BGT_ECO_CODE", "governmentEconomic",
            "DEP_BGT_ECO_CODE", "departmentEconomic", "PAY_TYPE_CODE", "payment", "PRO_CAT_CODE", "projectCategory",
            "BUDGET_LEVEL_CODE", "level", "SOURCE_TYPE_CODE", "indicatorSource", "BGT_SOURCE_CODE", "budgetSource",
            "SET_MODE_CODE", "settlement", "USE_DES", "purpose", "PAYEE_ACCT_NO", "payeeAccount", "PAYEE_ACCT_NAME", "payee",
            "PAYEE_ACCT_BANK_NAME", "payeeBank"};
        for (int i = 0; i < pairs.length; i += 2) {
            TEXTS.put(pairs[i], pairs[i + 1]);
        }
    }

    private final Map<String, String> agencies;
    private final Rows rows;

    private BudgetRows(Map<String, String> agencies, Rows rows) {
        this.agencies = agencies;
        this.rows = rows;
    }

    /** @param agencies the unit of each AGENCY_CODE */
    public static Iterator<Chunk> of(Map<String, String> agencies, Rows rows) {
        return new Chunks(Chunk.BUDGET, new BudgetRows(agencies, rows));
    }

    @Override
    public ObjectNode next() throws IOException {
        Row row = rows.next();
        return row == null ? null : record(row);
    }

    private ObjectNode record(Row row) {
        String agency = row.required("AGENCY_CODE");
        String unit = agencies.get(agency);
        if (unit == null) {
            throw row.bad("unknown-agency", "AGENCY_CODE", "The agency " + (agency.length() > 40 ? "…" : agency)
                    + " is mapped to no unit. Add it to 'agencies' in config/plugins/finance.yaml.");
        }
        boolean plan = !row.text("PLAN_ID").isEmpty();
        if (!plan && row.text("BGT_ID").isEmpty()) {
            throw row.bad("missing-field", "BGT_ID", "The row has neither PLAN_ID nor BGT_ID, so it can't be told from others.");
        }
        if (!row.required("MOF_DIV_CODE").matches("\\d{9}")) {
            throw row.bad("bad-division", "MOF_DIV_CODE", "MOF_DIV_CODE has nine digits, such as 510129000.");
        }
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit);
        record.put("kind", plan ? "plan" : "indicator");
        record.put("id", plan ? row.text("PLAN_ID") : row.text("BGT_ID"));
        record.put("year", row.number("FISCAL_YEAR", 1980, 2199));
        TEXTS.forEach((from, to) -> {
            String text = row.text(from);
            if (text.length() > 500) {
                throw row.bad("too-long", from, "The field '" + from + "' is longer than 500 characters.");
            }
            if (!text.isEmpty()) {
                record.put(to, text);
            }
        });
        AMOUNTS.forEach((from, to) -> {
            if (!row.text(from).isEmpty()) {
                BigDecimal amount = row.amount(from).stripTrailingZeros();
                record.put(to, amount.scale() < 2 ? amount.setScale(2) : amount);
            }
        });
        record.put("deleted", deleted(row));
        String updated = time(row, "UPDATE_TIME");
        record.put("updatedAt", updated);
        record.put("day", updated.substring(0, 10));
        if (!row.text("CREATE_TIME").isEmpty()) {
            record.put("createdAt", time(row, "CREATE_TIME"));
        }
        return record;
    }

    /** The trap of this interface: 1 is yes and 2 is no, and there is no 0. */
    private static boolean deleted(Row row) {
        return switch (row.required("IS_DELETED")) {
            case "1" -> true;
            case "2" -> false;
            default -> throw row.bad("bad-flag", "IS_DELETED", "IS_DELETED is 1 for yes or 2 for no; anything else could be taken "
                    + "for either. Correct the sender.");
        };
    }

    private static String time(Row row, String field) {
        try {
            LocalDateTime time = LocalDateTime.parse(row.required(field), TIME);
            return time.atOffset(CHINA).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx"));
        } catch (DateTimeException e) {
            throw row.bad("bad-date", field, "The field '" + field + "' is no time such as 20260302083000000.");
        }
    }

    /** Reads all of them, to see that they are in order. */
    public static long check(Map<String, String> agencies, Rows rows) {
        long count = 0;
        for (Iterator<Chunk> chunks = of(agencies, rows); chunks.hasNext(); ) {
            count += chunks.next().records().size();
        }
        if (count == 0) {
            throw new BadFile("no-rows", 0, null, "The file has no rows. Send it when there are some.");
        }
        return count;
    }
}
