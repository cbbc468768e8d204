-- Every fact of the schema in one sentence; `postgres.sql` asks the same. `named_checks` in schema.rs reads CHECKs.
WITH
shop AS (
  SELECT name, strict FROM pragma_table_list
  WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> '__diesel_schema_migrations'
),
listed AS (
  SELECT shop.name AS table_name, i.name, i.origin, i."unique" AS is_unique,
    coalesce((SELECT group_concat(c.name, ',' ORDER BY c.seqno) FROM pragma_index_info(i.name) c),
      -- Of an expression, of all rows or of some.
      (SELECT substr(said, instr(said, '(') + 1, length(said) - instr(said, '(') - 1)
       FROM (SELECT substr(sql, 1, instr(sql || ' WHERE ', ' WHERE ') - 1) AS said FROM sqlite_schema WHERE sqlite_schema.name = i.name))) AS columns
  FROM shop, pragma_index_list(shop.name) i
)
SELECT shop.name || '.' || c.name || ' ' || lower(c.type) || CASE c."notnull" WHEN 1 THEN ' NOT NULL' ELSE '' END AS line
FROM shop, pragma_table_info(shop.name) c
UNION ALL
SELECT shop.name || ' PRIMARY KEY (' || group_concat(c.name, ',' ORDER BY c.pk) || ')'
FROM shop, pragma_table_info(shop.name) c WHERE c.pk > 0 GROUP BY shop.name
UNION ALL
SELECT table_name || ' UNIQUE (' || columns || ')' FROM listed WHERE origin = 'u'
UNION ALL
SELECT table_name || CASE is_unique WHEN 1 THEN ' UNIQUE' ELSE '' END || ' INDEX ' || name || ' (' || columns || ')'
FROM listed WHERE origin = 'c'
UNION ALL
SELECT shop.name || ' FOREIGN KEY (' || group_concat(f."from", ',' ORDER BY f.seq) || ') REFERENCES ' || f."table"
  || ' (' || group_concat(f."to", ',' ORDER BY f.seq) || ') ON DELETE ' || f.on_delete || ' ON UPDATE ' || f.on_update
FROM shop, pragma_foreign_key_list(shop.name) f GROUP BY shop.name, f.id
UNION ALL
SELECT name || ' IS ' || sql FROM sqlite_schema WHERE type = 'table' AND name IN (SELECT name FROM shop)
UNION ALL
SELECT name || ' is not STRICT' FROM shop WHERE strict = 0
