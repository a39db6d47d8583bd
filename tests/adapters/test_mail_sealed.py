"""Mail leaves this machine sealed, to a server whose certificate holds, or not at all."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config import Settings, SettingsError
from portal.adapters import mail
from portal.formats.mails import Letter
from tests.adapters.test_access_settings import PRODUCTION
from tests.fixtures.certificates import make_certificate
from tests.fixtures.smtp import Mailbox, mail_server

LETTER = Letter("7", "somebody@example.org", "en", "Subject", "Body")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as running:
        yield running


def settings(box: Mailbox, *, sealed: bool = True) -> Settings:
    plain = Settings.from_environment({"SMTP_URL": box.url})
    return replace(plain, mail_sealed=sealed)


def test_a_letter_goes_sealed_to_a_server_whose_certificate_holds(
    box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, box.tls = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    mail.send(settings(box), LETTER)
    assert [letter["Subject"] for letter in box.letters] == ["Subject"]
    assert "DATA sealed" in box.said
    assert "DATA" not in box.said


def test_nothing_is_said_to_a_server_whose_certificate_nobody_vouches_for(
    box: Mailbox, tmp_path: Path
) -> None:
    _own, box.tls = make_certificate(tmp_path)
    for sealed in (True, False):
        with pytest.raises(ssl.SSLCertVerificationError):
            mail.send(settings(box, sealed=sealed), LETTER)
    assert box.letters == []


def test_nor_to_one_with_a_certificate_of_another_name(
    box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, box.tls = make_certificate(tmp_path, "127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with pytest.raises(ssl.SSLCertVerificationError):
        mail.send(settings(box), LETTER)
    assert box.letters == []


def test_a_server_without_tls_gets_nothing_where_it_is_required(box: Mailbox) -> None:
    with pytest.raises(smtplib.SMTPNotSupportedError):
        mail.send(settings(box), LETTER)
    assert box.letters == []
    mail.send(settings(box, sealed=False), LETTER)
    assert len(box.letters) == 1


@pytest.mark.parametrize(
    ("env", "sealed"),
    [
        ({"SMTP_URL": "smtp://mail.example.jo:587"}, True),
        ({"SMTP_URL": "smtp://127.0.0.1:25"}, False),  # does not leave this machine
        ({"SMTP_URL": "smtp://mail.example.jo:587", "TLS": "offered"}, False),
    ],
)
def test_production_insists_beyond_this_machine(env: dict[str, str], sealed: bool) -> None:
    assert Settings.from_environment({**PRODUCTION, **env}).mail_sealed is sealed


@pytest.mark.parametrize(
    ("name", "plain", "good"),
    [
        (
            "DATABASE_URL",
            "postgresql://radd:x@db.example/radd?sslmode=require",  # checks no certificate
            "postgresql://radd:x@db.example/radd?sslmode=verify-full",
        ),
        ("DATABASE_URL", "postgres:///radd?host=db.example", "postgres:///radd?host=/run/pg"),
        ("CLAMAV_URL", "tcp://scanner.example:3310", "tcp://127.0.0.1:3310"),
    ],
)
def test_production_starts_with_no_connection_in_the_clear(
    name: str, plain: str, good: str
) -> None:
    with pytest.raises(SettingsError, match=f"{name} leaves this machine without TLS"):
        Settings.from_environment({**PRODUCTION, name: plain})
    Settings.from_environment({**PRODUCTION, name: plain, "TLS": "offered"})
    Settings.from_environment({name: plain})
    assert Settings.from_environment({**PRODUCTION, name: good})


def test_a_time_stamp_is_asked_for_by_https(tmp_path: Path) -> None:
    roots = tmp_path / "roots.pem"
    roots.touch()
    asked = {**PRODUCTION, "TIMESTAMP_ROOTS": str(roots)}
    with pytest.raises(SettingsError, match="TIMESTAMP_URL"):
        Settings.from_environment({**asked, "TIMESTAMP_URL": "http://stamps.example"})
    assert Settings.from_environment({**asked, "TIMESTAMP_URL": "https://stamps.example"})


def test_tls_is_required_or_offered() -> None:
    with pytest.raises(SettingsError, match="TLS is 'no'; it is required or offered"):
        Settings.from_environment({"TLS": "no"})
