DROP TABLE consent;
DROP TABLE subscriber;
