DROP INDEX mail_lower_reply_to;
DROP TABLE message_entry;
DROP TABLE message;
