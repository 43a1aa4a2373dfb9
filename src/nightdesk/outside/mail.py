"""E-mail by SMTP. One connection a message: pages are few and must not wait for one another."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from nightdesk.outside.sending import BadAddress

NO_SUCH_MAILBOX = (550, 551, 553)  # RFC 5321, 4.2.3; anything else may be over in a moment
SECONDS = 10  # a mail server that says nothing for this long counts as out


def send_mail(
    server: str, *, sender: str, to: str, subject: str, body: str, message_id: str, at: datetime
) -> None:
    """Send through `server` (smtp, smtp+starttls or smtps://USER:PASSWORD@HOST:PORT). Raises OSError when it doesn't leave,
    BadAddress when the server says that there is no such mailbox.

    `message_id` is the same at every attempt, so that a mailbox shows a message once even if a worker died after sending.
    """
    parts = urlsplit(server)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{message_id}@{sender.rsplit('@', 1)[-1]}>"
    message["Date"] = format_datetime(at)
    message.set_content(body)
    trusted = ssl.create_default_context()  # smtplib's own would believe any certificate
    host, port = parts.hostname or "", parts.port or 25
    with (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trusted)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=SECONDS)
    ) as connection:
        if parts.scheme == "smtp+starttls":
            connection.starttls(context=trusted)
        if parts.username:
            connection.login(unquote(parts.username), unquote(parts.password or ""))
        try:
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            if all(code in NO_SUCH_MAILBOX for code, _words in refused.recipients.values()):
                raise BadAddress from None
            raise
