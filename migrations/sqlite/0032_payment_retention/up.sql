-- What is old is found by its age, without a look at the pictures.
CREATE INDEX payment_proof_uploaded_at ON payment_proof (uploaded_at);
CREATE INDEX rehearsal_expires_at ON rehearsal (expires_at);
