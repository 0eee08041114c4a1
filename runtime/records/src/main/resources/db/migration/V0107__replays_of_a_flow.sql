-- How far a replay is stands with it: counting a million items for each look would cost more than the look is worth.
ALTER TABLE records.replay
    ADD COLUMN items   bigint NOT NULL DEFAULT 0,
    ADD COLUMN done    bigint NOT NULL DEFAULT 0,
    ADD COLUMN skipped bigint NOT NULL DEFAULT 0,
    ADD COLUMN failed  bigint NOT NULL DEFAULT 0;

UPDATE records.replay r SET items = c.items, done = c.done, skipped = c.skipped, failed = c.failed
FROM (SELECT replay, count(*) AS items,
             count(*) FILTER (WHERE outcome = 'DONE') AS done,
             count(*) FILTER (WHERE outcome = 'SKIPPED') AS skipped,
             count(*) FILTER (WHERE outcome = 'FAILED') AS failed
      FROM records.replay_item GROUP BY replay) c
WHERE c.replay = r.id;

-- Which replays a flow was in.
CREATE INDEX replay_item_flow ON records.replay_item (flow);
