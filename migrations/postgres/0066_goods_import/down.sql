DROP TABLE goods_import_item;
DROP TABLE goods_import_problem;
DROP TABLE goods_import;
