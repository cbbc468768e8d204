DROP TABLE demo_thing;
DROP TABLE opening_step;
DELETE FROM setting WHERE key = 'open';
