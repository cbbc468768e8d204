DROP TABLE menu_item_text;
DROP TABLE menu_item;
