package org.yuzui.broker.internal;

import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.DuplicateMessageException;

/** Says in the hub's words what Artemis' exceptions mean. */
final class Failures {

    /** After these nobody knows what the broker did, or every other transaction would meet the same. */
    private static final Set<ActiveMQExceptionType> OF_ALL = Set.of(ActiveMQExceptionType.CONNECTION_TIMEDOUT,
            ActiveMQExceptionType.NOT_CONNECTED, ActiveMQExceptionType.DISCONNECTED, ActiveMQExceptionType.UNBLOCKED,
            ActiveMQExceptionType.OBJECT_CLOSED, ActiveMQExceptionType.SESSION_CREATION_REJECTED,
            ActiveMQExceptionType.TRANSACTION_OUTCOME_UNKNOWN, ActiveMQExceptionType.ADDRESS_FULL,
            ActiveMQExceptionType.IO_ERROR, ActiveMQExceptionType.SECURITY_EXCEPTION);

    private Failures() {
    }

    static boolean isDuplicate(Exception e) {
        return e instanceof ActiveMQException a && a.getType() == ActiveMQExceptionType.DUPLICATE_ID_REJECTED;
    }

    /** True when the cause may lie in one message of the transaction, and the others would succeed without it. */
    static boolean mayBeOfOneMessage(Exception e) {
        return !(e instanceof BrokerException) && !(e instanceof ActiveMQException a && OF_ALL.contains(a.getType()));
    }

    static BrokerException of(String what, Exception e) {
        if (e instanceof BrokerException known) {
            return known;
        }
        if (isDuplicate(e)) {
            return new DuplicateMessageException(what + ": the broker knows a duplicate id of it already", e);
        }
        return new BrokerException(what + ": " + explained(e), e);
    }

    private static String explained(Exception e) {
        if (!(e instanceof ActiveMQException a)) {
            return reason(e);
        }
        return switch (a.getType()) {
            case ADDRESS_FULL -> "the broker's disk is nearly full, it takes no messages until space is freed";
            case TRANSACTION_OUTCOME_UNKNOWN, UNBLOCKED ->
                    "the broker was lost in the middle of it, whether it happened is not known";
            case CONNECTION_TIMEDOUT -> "the broker did not answer in time";
            case NOT_CONNECTED, DISCONNECTED, OBJECT_CLOSED -> "the connection to the broker is lost";
            case SECURITY_EXCEPTION -> "the broker refuses this user";
            default -> reason(e);
        };
    }

    static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
