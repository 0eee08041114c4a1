package org.yuzui.launcher.cli;

import picocli.CommandLine.Parameters;

/** A form and a period of it, the same for every command about one. What a command takes besides begins at index 2. */
final class FormPeriod {

    @Parameters(index = "0", paramLabel = "FORM", descriptionKey = "form.parameter")
    private String form;
    @Parameters(index = "1", paramLabel = "PERIOD", descriptionKey = "period.parameter")
    private String period;

    /** Where it stands in one of the interface's collections, such as {@code reports}. */
    String in(String collection) {
        return "/api/v1/" + collection + "/" + HubClient.encode(form) + "/" + HubClient.encode(period);
    }

    /** Where it stands as a period of its form. */
    String ofForm() {
        return "/api/v1/forms/" + HubClient.encode(form) + "/periods/" + HubClient.encode(period);
    }
}
