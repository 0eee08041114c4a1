package org.yuzui.records.internal.replay;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.Keepsake;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;

import java.io.IOException;
import java.util.HexFormat;

/** A kept message that is never whole in memory: it lies sealed in a file, and is opened anew by each who reads it. */
final class LargeMessage {

    static final String TOO_LARGE = "message-too-large";

    private LargeMessage() {
    }

    static ProblemException oneValue(long size) {
        return new ProblemException(Problem.of(TOO_LARGE, "The content of this record has " + (size >> 20)
                + " MiB and is one JSON value, which is read whole.").cure("Have its source send it in smaller records."));
    }

    /** @throws ProblemException {@code message-too-large}: it is a record's content, which is one value; else why it does not open */
    static Message of(Ledger ledger, Flow flow) {
        Keepsake kept = ledger.arrival(flow.id()).orElseThrow(Arrivals::notKept);
        if (kept.content()) {
            throw oneValue(kept.size());
        }
        if (kept.trouble() != null) {
            throw new ProblemException(Problem.of(kept.trouble(), "The message of " + (kept.size() >> 20) + " MiB does not open.")
                    .cure("Have its sender send it again."));
        }
        return Message.kept(kept.size(), HexFormat.of().parseHex(kept.sha256()), () -> ledger.open(kept).orElseThrow(
                () -> new IOException("The ledger has forgotten the message meanwhile.")));
    }
}
