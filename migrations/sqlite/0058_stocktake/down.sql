DROP TABLE stocktake_line;
DROP TABLE stocktake;
