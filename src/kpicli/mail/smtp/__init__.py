"""Speaking with the mail server.

SmtpSettings            credentials    the password                     -> secret
SmtpSettings            connection     a line bounded in time and size  -> BoundedSmtp
Envelope, BoundedSmtp   conversation   one message to some recipients   -> Reply of each
a failure of these      hints          what to do about it              -> Text
"""
