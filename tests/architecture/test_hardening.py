"""What operators are told to set is safe, and the tables of connections and keys are whole."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

import pytest

from config import ROOT, SECRETS, Settings
from tests.adapters.test_access_settings import PRODUCTION
from tests.architecture.tree import files, imports, name, read

GUIDE = read(ROOT / "docs" / "hardening.md")
OPERATORS = read(ROOT / "docs" / "operators.md")


def block(language: str, at: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)[at]


NGINX = block("nginx")


def section(title: str) -> str:
    return GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def setting(word: str) -> str:
    found = re.findall(rf"^\s+{word} (.*);$", NGINX, re.MULTILINE)
    assert len(found) == 1, word
    return str(found[0])


def test_no_version_of_tls_is_old() -> None:
    assert setting("ssl_protocols").split() == ["TLSv1.2", "TLSv1.3"]
    assert "ssl_certificate" in NGINX
    assert "browsers trust" in section("The web server in front")


def test_every_cipher_keeps_past_traffic_secret_and_the_strongest_come_first() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(setting("ssl_ciphers"))
    offered = [each for each in context.get_ciphers() if each["protocol"] == "TLSv1.2"]
    assert len(offered) == len(setting("ssl_ciphers").split(":"))
    assert all(each["aead"] and each["kea"] == "kx-ecdhe" for each in offered)
    bits = [each["strength_bits"] for each in offered]
    assert bits == sorted(bits, reverse=True)
    assert bits[-1] >= 128
    assert setting("ssl_prefer_server_ciphers") == "on"


def test_people_are_led_to_tls_and_programs_are_refused() -> None:
    plain = NGINX.split("server {")[1]
    led = [word for line in plain.splitlines() if "return 308" in line for word in line.split()]
    assert led.count("308") == 3
    assert "location / { return 403; }" in plain
    patterns = [re.compile(each) for each in re.findall(r"location ~ (\S+) \{", plain)]
    for path in ("/ar/", "/en/desk/people", "/ar/consultations/x"):
        assert any(each.search(path) for each in patterns), path
    for path in ("/record/checkpoint", "/healthz", "/ar/submissions/X", "/robots.txt"):
        assert not any(each.search(path) for each in patterns), path


def test_probes_are_not_for_the_world() -> None:
    assert "location ~ ^/(healthz|readyz)$ { deny all; }" in NGINX


def test_every_address_that_a_setting_names_is_among_the_connections() -> None:
    known = set(re.findall(r"\"([A-Z_]+_URL)\"", read(ROOT / "config.py")))
    listed = section("Connections")
    told = {each for each in re.findall(r"\| `(\w+)` \|", listed) if each != "PORTAL_DATA"}
    assert told == known - {"BASE_URL"} | {"OIDC_ISSUER"}


def test_nobody_is_asked_from_anywhere_else() -> None:
    outside = {"requests", "smtplib", "socket", "urllib.request", "http.client", "httpx", "ftplib"}
    asking = {
        name(file)
        for file in files(".py", under=("portal",))
        for module, _name in imports(file)
        if module in outside
    }
    assert {each for each in asking if not each.startswith("portal/adapters/")} <= {
        "portal/jobs/serve.py"  # listens, and asks nobody
    }


def test_the_machine_enforces_the_list() -> None:
    unit = block("ini")
    assert unit.index("IPAddressDeny=any") < unit.index("IPAddressAllow=localhost")
    assert "CapabilityBoundingSet=\n" in unit


def test_inner_connections_trust_named_authorities_alone() -> None:
    told = section("The web server in front")
    assert "proxy_ssl_verify on; proxy_ssl_trusted_certificate" in told
    assert "sslmode=verify-full&sslrootcert=" in told


def test_secrets_come_from_files_that_systemd_hands_over(tmp_path: Path) -> None:
    plain = {key: value for key, value in PRODUCTION.items() if key not in SECRETS}
    for key in ("SECRET_KEY", "SMTP_URL"):
        (tmp_path / key).write_text(PRODUCTION[key] + "\n")
    found = Settings.from_environment({**plain, "CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert found.secret_key == PRODUCTION["SECRET_KEY"]
    assert found.smtp_url == PRODUCTION["SMTP_URL"]
    assert {f"LoadCredentialEncrypted={each}" for each in SECRETS[:3]} <= set(GUIDE.splitlines())


def test_the_inventory_names_every_file_of_keys_and_every_algorithm() -> None:
    listed = section("Keys and algorithms")
    for key in ("SECRET_KEY", "record-key-….pem", "personal-key-….key", "personal-lookup.key"):
        assert f"`{key}`" in listed
    said = {
        "Ed25519": "Ed25519PrivateKey",
        "AES-256-GCM": "AESGCM",
        "HKDF-SHA-256": "HKDF",
        "argon2id": "PasswordHasher",
    }
    sealed = {
        word
        for file in files(".py", under=("portal",))
        for module, word in imports(file)
        if module.startswith(("cryptography.hazmat.primitives", "argon2")) and word[:1].isupper()
    }
    described = {
        *said.values(),
        *("Ed25519PublicKey", "SHA256", "Encoding", "NoEncryption", "PrivateFormat"),
        *("PublicFormat", "InvalidHashError", "VerificationError", "RFC_9106_LOW_MEMORY"),
    }
    assert sealed <= described
    assert all(word in listed for word in said)
    bits = [int(each) for each in re.findall(r"\((\d+)\)", listed)]
    assert min(bits) >= 128
    assert "NIST SP 800-57" in listed


@pytest.mark.parametrize(
    "words",
    [
        "Seal=yes",
        "Storage=persistent",
        "The user\n`radd` is not in that group".replace("The", "the"),
        "systemd-journal-upload",
        "URL=https://",
        "Times in the log are UTC",
        "timedatectl set-ntp true",
    ],
)
def test_logs_are_kept_where_nobody_changes_them(words: str) -> None:
    assert words in section("Logs")
    assert "utc=True" in read(ROOT / "portal" / "adapters" / "logs.py")


def test_alarms_are_set_on_what_the_log_really_says() -> None:
    alarms = re.findall(r"`([a-z]+(?:_[a-z]+)+)`", section("Logs").split("alarms are set on")[1])
    assert len(alarms) == 7
    source = "".join(read(file) for file in files(".py", under=("portal",)))
    assert [each for each in alarms if f'"{each}"' not in source] == []


def test_times_for_updates_are_laid_down_the_worst_first() -> None:
    days = re.findall(r"\| (\d+) (hours|days) \|", section("Updates"))
    hours = [int(number) * (24 if of == "days" else 1) for number, of in days]
    assert len(hours) == 4
    assert hours == sorted(hours)


def test_how_many_sessions_there_may_be_is_told() -> None:
    assert "How many sessions somebody may have at once is not limited" in OPERATORS
