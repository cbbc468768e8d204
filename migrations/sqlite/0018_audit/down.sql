DROP TABLE audit_entry;
DROP TABLE audit_head;
