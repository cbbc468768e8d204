ALTER TABLE link DROP CONSTRAINT link_staff_id_fkey;
ALTER TABLE session DROP CONSTRAINT session_staff_id_fkey;
