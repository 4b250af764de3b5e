-- Reasoned deeds on many cases: their record, and whom they passed over.

-- name: BeginBatch :exec
INSERT INTO batches (id, park_id, deed, about, by_name, started_at) VALUES (@id, @park_id, @deed, @about, @by_name, @started_at)
ON CONFLICT (id) DO UPDATE SET ended_at = NULL;

-- name: EndBatch :exec
UPDATE batches SET ended_at = @ended_at, touched = @touched WHERE id = @id;

-- name: PassOver :exec
INSERT INTO batch_refusals (batch_id, case_id, code, zh, en, at) VALUES (@batch_id, @case_id, @code, @zh, @en, @at)
ON CONFLICT (batch_id, case_id) DO UPDATE SET code = excluded.code, zh = excluded.zh, en = excluded.en, at = excluded.at;

-- name: PassedOver :many
SELECT r.case_id, c.kind, c.number, c.title, r.code, r.zh, r.en, r.at FROM batch_refusals AS r JOIN cases AS c ON c.id = r.case_id
WHERE r.batch_id = @batch_id ORDER BY c.number LIMIT @size;

-- name: Batches :many
SELECT b.id, b.deed, b.about, b.by_name, b.started_at, b.ended_at, b.touched,
    (SELECT count(*) FROM batch_refusals AS r WHERE r.batch_id = b.id)::integer AS refused
FROM batches AS b WHERE b.park_id = @park_id ORDER BY b.started_at DESC, b.id LIMIT @size;

-- name: ForgetPassedOver :exec
DELETE FROM batch_refusals WHERE batch_id = @batch_id;

-- name: OpenBatches :many
SELECT about FROM batches WHERE ended_at IS NULL AND started_at < @before ORDER BY started_at, id LIMIT 20;
