DROP TABLE consent;
DROP FUNCTION refuse_to_change_a_consent();
DROP TABLE subscriber;
