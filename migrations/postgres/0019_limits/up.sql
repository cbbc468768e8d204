-- How much of what somebody may do is used up, until when, in microseconds since 1970: numbers, because both databases add
-- to them alike. Whom a row is about stays a keyed hash. A row whose time is over says nothing and is swept away.
CREATE TABLE allowance (
  subject TEXT NOT NULL PRIMARY KEY,
  used_until BIGINT NOT NULL
);
CREATE INDEX allowance_used_until ON allowance (used_until);
