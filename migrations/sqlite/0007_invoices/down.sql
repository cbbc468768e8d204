DROP TABLE invoice_credit;
DROP TABLE invoice;
DROP TABLE invoice_series;
