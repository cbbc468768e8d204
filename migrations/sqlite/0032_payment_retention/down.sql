DROP INDEX rehearsal_expires_at;
DROP INDEX payment_proof_uploaded_at;
