package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Reports;
import org.yuzui.spi.Headers;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The scheme {@code report:}, only to: hands in a submission. {@code to: report:F?query=respondents} asks instead who is to
 * answer: the body becomes the list of their codes.
 */
final class ReportComponent extends DefaultComponent {

    private static final String RESPONDENTS = "respondents";

    private final Reports reports;
    private final Border border;
    private final ObjectMapper json;

    ReportComponent(Reports reports, Border border, ObjectMapper json) {
        this.reports = reports;
        this.border = border;
        this.json = json;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (reports.form(remaining).filter(f -> border.hasForm(f.id(), f.plugin())).isEmpty()) {
            throw new IllegalArgumentException("There is no form '" + remaining + "'. "
                    + KnownKeys.cure(remaining, reports.forms().stream().map(Form::id).toList()));
        }
        String query = getAndRemoveParameter(parameters, "query", String.class);
        if (query != null && !query.equals(RESPONDENTS)) {
            throw new IllegalArgumentException("There is no query '" + query + "'. " + KnownKeys.cure(query, List.of(RESPONDENTS)));
        }
        return new Submits(uri, remaining, query != null);
    }

    private final class Submits extends DefaultEndpoint {
        private final String form;
        private final boolean asks;

        private Submits(String uri, String form, boolean asks) {
            super(uri, ReportComponent.this);
            this.form = form;
            this.asks = asks;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    if (asks) {
                        exchange.getMessage().setBody(reports.form(form).map(Form::respondents).orElseThrow(
                                () -> new IllegalStateException("The form " + form + " is not there now.")));
                        return;
                    }
                    Object body = exchange.getMessage().getBody();
                    JsonNode answer = body instanceof JsonNode node ? node : json.valueToTree(body);
                    String record = exchange.getMessage().getHeader(Headers.RECORD_ID, String.class);
                    reports.submit(form, answer, record == null ? null : UUID.fromString(record));
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("report: can only stand behind 'to'.");
        }

        @Override
        protected String createEndpointUri() {
            return "report:" + form + (asks ? "?query=" + RESPONDENTS : "");
        }
    }
}
