package org.yuzui.broker;

/** The broker can't do it now: it is closed, full or out of reach. Trying again later may help. */
public class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
