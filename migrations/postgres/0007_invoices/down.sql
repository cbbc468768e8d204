DROP TABLE invoice_credit;
DROP TABLE invoice;
DROP TABLE invoice_series;
DROP FUNCTION refuse_to_change_an_invoice;
