package org.yuzui.web;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.records.View;
import org.yuzui.records.Views;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Views in memory. */
final class FakeViews implements Views {

    private final Map<String, View> all = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();
    boolean full;

    @Override
    public List<View> all() {
        return List.copyOf(all.values());
    }

    @Override
    public View keep(String name, String search, String who) {
        if (name.isBlank()) {
            throw new ProblemException(new Problem("bad-view", "name", "The name is empty.", null));
        }
        if (full) {
            throw new ProblemException(new Problem("too-many-views", null, "There are too many.", "Delete one."));
        }
        View view = new View(name, search, who, Instant.EPOCH);
        all.put(name, view);
        return view;
    }

    @Override
    public String link(String search, String who) {
        if (search.isBlank()) {
            throw new ProblemException(new Problem("bad-view", "search", "The search is empty.", null));
        }
        String link = "link" + Math.floorMod(search.hashCode(), 1_000_000);
        links.put(link, search);
        return link;
    }

    @Override
    public Optional<String> linked(String link) {
        return Optional.ofNullable(links.get(link));
    }

    @Override
    public boolean remove(String name) {
        return all.remove(name) != null;
    }
}
