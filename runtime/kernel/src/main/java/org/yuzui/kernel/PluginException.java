package org.yuzui.kernel;

/** A plugin can't be taken in; the problem's place is the file in the plugin, with its line where one is known. */
public class PluginException extends ProblemException {

    private static final long serialVersionUID = 1L;

    public PluginException(Problem problem) {
        super(problem);
    }

    public PluginException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
