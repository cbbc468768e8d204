DROP INDEX media_original;
DROP INDEX media_unused_since;
ALTER TABLE media DROP COLUMN unused_since;
ALTER TABLE media DROP COLUMN status;
ALTER TABLE media DROP COLUMN hash;
ALTER TABLE media DROP COLUMN original;
