-- Every fact of the schema in one sentence; `sqlite.sql` asks the same. SQLite keeps truth values as whole numbers and
-- instants as text, so these pairs count as one.
WITH
shop AS (
  SELECT oid, relname AS name FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '__diesel_schema_migrations'
),
rule AS (
  SELECT shop.name AS table_name, k.*,
    (SELECT string_agg(a.attname, ',' ORDER BY n) FROM unnest(k.conkey) WITH ORDINALITY AS u (num, n)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num) AS columns,
    (SELECT string_agg(a.attname, ',' ORDER BY n) FROM unnest(k.confkey) WITH ORDINALITY AS u (num, n)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num) AS others
  FROM shop JOIN pg_constraint k ON k.conrelid = shop.oid
),
action (code, name) AS (
  VALUES ('a', 'NO ACTION'), ('r', 'RESTRICT'), ('c', 'CASCADE'), ('n', 'SET NULL'), ('d', 'SET DEFAULT')
)
SELECT table_name || '.' || column_name || ' '
  || CASE data_type
    WHEN 'bigint' THEN 'integer' WHEN 'boolean' THEN 'integer' WHEN 'bytea' THEN 'blob'
    WHEN 'text' THEN 'text' WHEN 'date' THEN 'text' WHEN 'timestamp without time zone' THEN 'text'
    ELSE data_type || ', which SQLite has not'
  END || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END AS line
FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN (SELECT name FROM shop)
UNION ALL
SELECT table_name || ' PRIMARY KEY (' || columns || ')' FROM rule WHERE contype = 'p'
UNION ALL
SELECT table_name || ' UNIQUE (' || columns || ')' FROM rule WHERE contype = 'u'
UNION ALL
SELECT shop.name || CASE WHEN i.indisunique THEN ' UNIQUE' ELSE '' END || ' INDEX ' || c.relname || ' ('
  || coalesce(
    (SELECT string_agg(pg_get_indexdef(i.indexrelid, n, false), ',' ORDER BY n) FROM generate_series(1, i.indnkeyatts) n
      WHERE i.indkey[n - 1] <> 0),
    -- Of nothing but an expression.
    (SELECT string_agg(regexp_replace(pg_get_indexdef(i.indexrelid, n, false), '^\(+(.*[^)])\)+$', '\1'), ',' ORDER BY n) FROM generate_series(1, i.indnkeyatts) n)) || ')'
FROM shop JOIN pg_index i ON i.indrelid = shop.oid JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))
UNION ALL
SELECT table_name || ' FOREIGN KEY (' || columns || ') REFERENCES ' || confrelid::regclass || ' (' || others || ') ON DELETE '
  || deleted.name || ' ON UPDATE ' || updated.name
FROM rule JOIN action deleted ON deleted.code = confdeltype::text JOIN action updated ON updated.code = confupdtype::text
WHERE contype = 'f'
UNION ALL
SELECT table_name || ' CHECK ' || conname FROM rule WHERE contype = 'c'
