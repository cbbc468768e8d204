-- What merchants upload: its file and a hash of it (both empty for what lies in the binary), how far its widths are, and
-- since when nobody shows it.
ALTER TABLE media ADD COLUMN original TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN hash TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN status TEXT NOT NULL DEFAULT 'ready' CONSTRAINT media_status_known CHECK (status IN ('waiting', 'ready', 'failed'));
ALTER TABLE media ADD COLUMN unused_since TIMESTAMP;
CREATE INDEX media_unused_since ON media (unused_since) WHERE unused_since IS NOT NULL;
CREATE INDEX media_original ON media (original) WHERE original <> '';
