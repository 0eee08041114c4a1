package org.yuzui.broker;

/** A transaction held a message whose duplicate id the broker already knows; nothing of the transaction happened. */
public class DuplicateMessageException extends BrokerException {

    private static final long serialVersionUID = 1L;

    public DuplicateMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
