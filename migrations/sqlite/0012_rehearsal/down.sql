DROP TABLE rehearsal_refund;
DROP TABLE rehearsal;
UPDATE job SET queue = 'shop' WHERE kind LIKE 'payments.%';
