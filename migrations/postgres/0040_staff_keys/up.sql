-- Sign-ins and links of the staff go with the account that they are of: `staff` is younger than both tables.
DELETE FROM session WHERE staff_id NOT IN (SELECT id FROM staff);
DELETE FROM link WHERE staff_id NOT IN (SELECT id FROM staff);
ALTER TABLE session ADD CONSTRAINT session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE CASCADE;
ALTER TABLE link ADD CONSTRAINT link_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE CASCADE;
