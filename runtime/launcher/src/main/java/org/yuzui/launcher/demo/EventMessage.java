package org.yuzui.launcher.demo;

/** The message that tells of one event; written when it is sent, so that a million of them need little memory. */
record EventMessage(VisitEvent event) implements Outgoing {

    @Override
    public String name() {
        return event.visit().hospital.facility() + " " + event.visit().number + " " + event.kind();
    }

    @Override
    public Frame frame() {
        return Hl7Text.write(event);
    }
}
