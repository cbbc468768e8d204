DROP TABLE staff_recovery_code;
DROP TABLE staff;
DROP TABLE staff_role;
