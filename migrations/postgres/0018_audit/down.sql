DROP TABLE audit_entry;
DROP TABLE audit_head;
DROP FUNCTION refuse_to_change_the_audit_log;
