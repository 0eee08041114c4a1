package org.yuzui.plugin.energy.meter;

/**
 * A question to a meter. The list is closed: whoever can send bytes to a meter ({@link Line}) takes only these, and both can
 * only read. Nothing here has a function or control code for a parameter.
 */
public sealed interface Request permits Dlt645Read, ModbusRead {

    /** The frame as it is sent. */
    byte[] bytes();

    /**
     * Looks for the answer in what has arrived so far.
     *
     * @param length how many of the bytes have arrived
     * @return null when more is needed
     * @throws BadReply when what arrived is no answer to this question, whatever else comes
     */
    Reply find(byte[] received, int length);
}
