-- +goose Up
-- Pictures are shown as previews, which are made once for each content, outside the request that brought it.
CREATE TABLE previews (
    sha256     text PRIMARY KEY CHECK (length(sha256) = 64),
    park_id    uuid NOT NULL REFERENCES parks,
    state      text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'made', 'none')),
    reason     text NOT NULL DEFAULT '' CHECK (reason IN ('', 'large', 'damaged', 'gone')),
    width      integer NOT NULL DEFAULT 0 CHECK (width >= 0),
    height     integer NOT NULL DEFAULT 0 CHECK (height >= 0),
    taken_at   text NOT NULL DEFAULT '',
    latitude   double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude  double precision CHECK (longitude BETWEEN -180 AND 180),
    tries      integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    next_try   timestamptz NOT NULL DEFAULT now(),
    CHECK ((state = 'none') = (reason <> '')),
    CHECK ((state = 'made') = (width > 0 AND height > 0)),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);
COMMENT ON TABLE previews IS 'What is known of a picture with the SHA-256. The previews lie in the blob store; the picture itself stays as it was received.';
COMMENT ON COLUMN previews.reason IS 'Why there is none: too many pixels or too much to draw, damaged, or the bytes are not there.';
COMMENT ON COLUMN previews.width IS 'Of the picture as it was received, upright.';
COMMENT ON COLUMN previews.taken_at IS 'What the picture says of itself: the time on the wall where it was taken, YYYY-MM-DD HH:MM. A claim, and no more.';
COMMENT ON COLUMN previews.latitude IS 'What the picture says of itself, in degrees of WGS 84. A claim, shown to who may have the picture as it was received.';
COMMENT ON COLUMN previews.next_try IS 'While it is being drawn, when somebody else takes it for given up.';
CREATE INDEX previews_waiting ON previews (next_try) WHERE state = 'waiting';
GRANT SELECT, INSERT, UPDATE ON previews TO parkway_writer;
INSERT INTO previews (sha256, park_id) SELECT DISTINCT ON (sha256) encode(sha256, 'hex'), park_id FROM uploads WHERE media_type LIKE 'image/%';

-- +goose Down
DROP TABLE previews;
