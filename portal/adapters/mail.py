"""Handing mail over: by SMTP, or as files where no server is set (development)."""

from __future__ import annotations

import smtplib
import ssl
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote, urlsplit

from config import Settings
from portal.formats.mails import Letter

TIMEOUT = 20
# The server is there, and will not have this one letter.
REFUSED = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)


class _Policy(EmailPolicy):
    """The library's own way of breaking a long line loses the space before a word in Arabic
    (Python 3.11); `Header` keeps it inside the encoded words."""

    def fold(self, name: str, value: str) -> str:
        if name != "Subject" or value.isascii():
            return super().fold(name, value)
        words = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {words}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        if name != "Subject":
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


SMTP = _Policy(linesep="\r\n")


def message(letter: Letter, sender: str) -> EmailMessage:
    """The letter as a MIME message; headers cannot be broken by what people typed."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = Address(addr_spec=letter.recipient)
    made["Subject"] = " ".join(letter.subject.split())
    made["Date"] = formatdate(localtime=False)
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    made["Message-ID"] = f"<outbox-{letter.key}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = letter.language
    made.set_content(letter.body, charset="utf-8")
    return made


def send(settings: Settings, letter: Letter) -> None:
    """Hand one letter over. Raises OSError (smtplib's errors are) when it could not be.

    With `settings.mail_sealed` nothing is said to a server that offers no STARTTLS, or whose
    certificate does not hold; else TLS is taken where it is offered.
    """
    made = message(letter, settings.mail_from)
    if not settings.smtp_url:
        _to_file(settings.data / "mail", letter, made)
        return
    url = urlsplit(settings.smtp_url)
    host, user = url.hostname or "localhost", unquote(url.username or "")
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        with smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT, context=context) as server:
            _deliver(server, user, unquote(url.password or ""), made)
        return
    with smtplib.SMTP(host, url.port or 587, timeout=TIMEOUT) as server:
        server.ehlo()
        if settings.mail_sealed or server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        _deliver(server, user, unquote(url.password or ""), made)


def _deliver(server: smtplib.SMTP, user: str, password: str, made: EmailMessage) -> None:
    if user:
        server.login(user, password)
    server.send_message(made)


def _to_file(folder: Path, letter: Letter, made: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{int(letter.key):08}.eml").write_bytes(made.as_bytes())
