package org.yuzui.reporting.internal.feedback;

import org.yuzui.reporting.Feedback;
import org.yuzui.reporting.Feedbacks;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.internal.Office;
import org.yuzui.reporting.internal.dispute.DisputeDesk;
import org.yuzui.reporting.internal.review.ReviewDesk;
import org.yuzui.reporting.internal.rollup.Holdings;
import org.yuzui.reporting.internal.submission.Digest;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Sends what is held about units down to them, a period at a time, and only what is other than what they know. */
public final class FeedbackDesk implements Feedbacks {

    /** A fact is seen when its transaction ends, which may be later than the moment that it carries. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Duration FIRST_LOOK = Duration.ofDays(7);

    private final Office office;
    private final ReviewDesk reviews;
    private final Holdings holdings;
    private final DisputeDesk disputes;
    private final FeedbackTable table;

    public FeedbackDesk(Office office, ReviewDesk reviews, Holdings holdings, DisputeDesk disputes) {
        this.office = office;
        this.reviews = reviews;
        this.holdings = holdings;
        this.disputes = disputes;
        this.table = new FeedbackTable(office.jdbi());
    }

    @Override
    public Feedback of(String formId, Period period, String code) {
        Form form = office.formOfOwn(formId, period);
        Unit unit = holdings.unit(period, code).orElseGet(() -> office.unit(code));
        FeedbackTable.Sent sent = table.sent(formId, period).get(code);
        return holdings.of(form, period, List.of(unit), reviews.standings(formId, period), disputes.pending(formId, period)).get(0)
                .sentAt(sent == null ? null : sent.at());
    }

    @Override
    public int round(Consumer<List<Feedback>> publish) {
        Instant began = office.clock().instant();
        Instant since = table.upto().map(upto -> upto.minus(OVERLAP)).orElse(began.minus(FIRST_LOOK));
        int published = 0;
        RuntimeException trouble = null;
        for (FeedbackTable.Of changed : table.changed(since)) {
            boolean known = office.forms().deployed().find(changed.form()).filter(f -> f.form().period() == changed.period().kind()).isPresent();
            try {
                published += known ? round(changed.form(), changed.period(), publish) : 0;
            } catch (RuntimeException e) { // one period's trouble is not the others'
                trouble = trouble == null ? e : trouble;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
        table.looked(began);
        return published;
    }

    private int round(String formId, Period period, Consumer<List<Feedback>> publish) {
        Form form = office.form(formId, period);
        Map<String, FeedbackTable.Sent> sent = table.sent(formId, period);
        Instant at = office.clock().instant().truncatedTo(ChronoUnit.MICROS);
        List<Feedback> changed = new ArrayList<>();
        Map<String, String> digests = new LinkedHashMap<>();
        for (Feedback feedback : holdings.of(form, period, holdings.bureaus(period), reviews.standings(formId, period),
                disputes.pending(formId, period))) {
            String digest = digest(feedback);
            FeedbackTable.Sent before = sent.get(feedback.unit().code());
            boolean news = before == null ? feedback.received() > 0 || !feedback.disputes().isEmpty() : !before.digest().equals(digest);
            if (news) {
                changed.add(feedback.sentAt(at));
                digests.put(feedback.unit().code(), digest);
            }
        }
        if (!changed.isEmpty()) {
            publish.accept(changed);
            table.send(formId, period, digests, at);
        }
        return changed.size();
    }

    /** Over all that it says but when, written down in one way only. */
    private static String digest(Feedback f) {
        StringBuilder text = new StringBuilder();
        text.append(f.expected()).append(' ').append(f.received()).append(' ').append(f.accepted()).append(' ').append(f.stale()).append('\n');
        f.values().forEach(v -> text.append(v.indicator()).append(' ').append(plain(v.value())).append(' ').append(plain(v.accepted()))
                .append(' ').append(v.rank()).append(' ').append(v.of()).append('\n'));
        f.parts().forEach(p -> {
            text.append(p.unit().code()).append(' ').append(p.version()).append(' ').append(p.state()).append('\n');
            p.values().forEach((code, value) -> text.append(code).append('=').append(plain(value)).append('\n'));
        });
        f.disputes().forEach(d -> text.append(d.id()).append(' ').append(d.state()).append('\n'));
        return Digest.sha256(text.toString());
    }

    private static String plain(BigDecimal number) {
        return number == null ? "-" : number.toPlainString();
    }
}
