package org.yuzui.container.internal.plan;

import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PortHolder;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;

/** Which ports open and close, and whether somebody else has them. */
final class Ports {

    private static final String KIND = "listens";

    private final String place;
    private final List<Listener> coming;
    private final List<Listener> running;
    private final Collection<PluginContent> others;

    /** @param place the descriptor of the coming version, for messages */
    Ports(String place, PluginContent coming, PluginContent running, Collection<PluginContent> others) {
        this.place = place;
        this.coming = coming == null ? List.of() : Listener.of(coming);
        this.running = running == null ? List.of() : Listener.of(running);
        this.others = others;
    }

    List<PlannedChange> changes() {
        List<PlannedChange> changes = new ArrayList<>();
        LinkedList<Listener> closing = new LinkedList<>(running);
        closing.removeAll(coming);
        for (Listener listener : coming) {
            if (running.contains(listener)) {
                changes.add(PlannedChange.of(KIND, listener.id(), Action.KEEP));
                continue;
            }
            Optional<Listener> before = closing.stream().filter(r -> r.protocol().equals(listener.protocol())).findFirst();
            before.ifPresent(closing::remove);
            PlannedChange change = PlannedChange.of(KIND, listener.id(), before.isPresent() ? Action.CHANGE : Action.ADD)
                    .withDetails(List.of(before.map(b -> b.address() + " → ").orElse("") + listener.address()));
            changes.add(change.withProblems(trouble(listener).map(List::of).orElse(List.of())));
        }
        closing.forEach(l -> changes.add(PlannedChange.of(KIND, l.id(), Action.REMOVE).withDetails(List.of(l.address()))));
        return changes;
    }

    private Optional<Problem> trouble(Listener listener) {
        for (PluginContent other : others) {
            if (Listener.of(other).stream().anyMatch(listener::clashesWith)) {
                return Optional.of(inUse(listener, "the plugin " + other.descriptor().id()));
            }
        }
        boolean own = running.stream().anyMatch(r -> r.port() == listener.port());
        return own || listener.isUdp() || isFree(listener) ? Optional.empty()
                : Optional.of(inUse(listener, PortHolder.of(listener.port()).orElse("another program")));
    }

    private Problem inUse(Listener listener, String whom) {
        return new Problem("port-in-use", place, "The port " + listener.address() + " is taken by " + whom + ".",
                "Give the plugin another port in its settings, or end what listens there.");
    }

    private static boolean isFree(Listener listener) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // connections that are still fading away don't hinder a new listener
            socket.bind(new InetSocketAddress(InetAddress.getByName(listener.host()), listener.port()), 1);
            return true;
        } catch (BindException e) {
            // An address that this machine doesn't have is another trouble, which the start will tell better.
            return !String.valueOf(e.getMessage()).contains("in use");
        } catch (IOException e) {
            return true;
        }
    }
}
