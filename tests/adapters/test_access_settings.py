"""Settings of signing in: what is right, and the sentence for what is not."""

from __future__ import annotations

import pytest

from config import Settings, SettingsError

PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "not-secret-but-long-and-varied-0123456789",
    "BASE_URL": "https://consult.example.jo",
    "SMTP_URL": "smtp://127.0.0.1:9",
}
PROVIDER = {
    "OIDC_ISSUER": "https://id.example",
    "OIDC_CLIENT_ID": "radd",
    "OIDC_CLIENT_SECRET": "secret",
}


@pytest.mark.parametrize(
    ("said", "production", "required"),
    [
        ("", True, True),
        ("", False, False),
        ("required", False, True),
        ("offered", True, False),
    ],
)
def test_of_whom_a_second_factor_is_asked(said: str, production: bool, required: bool) -> None:
    env = {**(PRODUCTION if production else {}), "SECOND_FACTOR": said}
    assert Settings.from_environment(env).second_factor_required is required


@pytest.mark.parametrize("said", ["yes", "Required", "1", "none", " required"])
def test_a_word_that_is_none_of_the_two_stops_the_start(said: str) -> None:
    with pytest.raises(SettingsError, match=r"SECOND_FACTOR.*required or offered"):
        Settings.from_environment({"SECOND_FACTOR": said})


def test_a_provider_is_set_whole_or_not_at_all() -> None:
    assert Settings.from_environment({}).sign_on is None
    more = {"OIDC_NAME": "سند", "OIDC_ACR": "gold"}
    found = Settings.from_environment({**PRODUCTION, **PROVIDER, **more}).sign_on
    assert found == ("https://id.example", "radd", "secret", "سند", "gold")
    for name in PROVIDER:
        lacking = {each: value for each, value in PROVIDER.items() if each != name}
        with pytest.raises(SettingsError, match=f"{name} is missing"):
            Settings.from_environment(lacking)


@pytest.mark.parametrize(
    ("issuer", "production", "good"),
    [
        ("http://localhost:9000", False, True),
        ("http://localhost:9000", True, False),
        ("http://id.example", False, False),
        ("id.example", False, False),
        ("https://", False, False),
        ("https://id.example?x=1", False, False),
        ("https://user@id.example", False, False),
    ],
)
def test_it_is_asked_over_tls_alone(issuer: str, production: bool, good: bool) -> None:
    env = {**(PRODUCTION if production else {}), **PROVIDER, "OIDC_ISSUER": issuer}
    if good:
        assert Settings.from_environment(env).sign_on is not None
        return
    with pytest.raises(SettingsError, match="OIDC_ISSUER"):
        Settings.from_environment(env)
