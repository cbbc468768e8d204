DROP INDEX mail_lower_recipient;
