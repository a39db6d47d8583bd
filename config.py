"""Settings: typed, frozen, read once from the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from portal.domain.connections import is_sealed, stays_here
from portal.domain.sign_on import Provider

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ("development", "test", "production")
SECRET_MIN = 32
SECRETS = ("SECRET_KEY", "SMTP_URL", "DATABASE_URL", "OIDC_CLIENT_SECRET")


class SettingsError(Exception):
    """The environment asks for something that cannot be; said in words, and start-up stops."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set. `data` holds database, files and mail unless `database_url` says else."""

    environment: str
    secret_key: str
    data: Path
    database_url: str
    host: str
    port: int
    base_url: str
    smtp_url: str
    mail_sealed: bool
    mail_from: str
    minimum_days: int
    embedded_worker: bool
    service_days: int
    claim_minutes: int
    undo_seconds: int
    second_factor_required: bool
    sign_on: Provider | None
    appeal_days: int
    address_days: int
    mail_days: int
    import_days: int
    look_days: int
    working_days: int
    clamav_url: str
    holidays_added: frozenset[date]
    holidays_removed: frozenset[date]
    trusted_proxies: int
    block_rate: tuple[int, int]
    consultation_rate: tuple[int, int]
    timestamp_url: str
    timestamp_roots: Path | None

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> Settings:
        """Read and check; raises `SettingsError` naming the variable that is wrong."""
        env = {**_credentials(env), **env}
        environment = env.get("PORTAL_ENV", "development")
        if environment not in ENVIRONMENTS:
            raise SettingsError(f"PORTAL_ENV is {environment!r}; it is one of {ENVIRONMENTS}.")
        data = Path(env.get("PORTAL_DATA") or ROOT / "instance").resolve()
        host = env.get("HOST") or "127.0.0.1"
        port = _whole(env, "PORT", 8000, least=0, most=65535)
        production = environment == "production"
        added, removed = _holidays(env.get("HOLIDAYS", ""))
        stamps = _stamps(env.get("TIMESTAMP_URL", ""), env.get("TIMESTAMP_ROOTS", ""))
        sealed = _sealed(env, production)
        return cls(
            environment=environment,
            secret_key=_secret(env, data, production),
            data=data,
            database_url=_database_url(env.get("DATABASE_URL", ""), data),
            host=host,
            port=port,
            base_url=_base_url(env.get("BASE_URL", ""), host, port, production),
            smtp_url=_smtp_url(env.get("SMTP_URL", ""), production),
            mail_sealed=sealed and not stays_here(urlsplit(env.get("SMTP_URL", "")).hostname),
            mail_from=env.get("MAIL_FROM", "radd@localhost"),
            minimum_days=_whole(env, "MINIMUM_DAYS", 10, least=1, most=365),
            embedded_worker=_yes(env, "EMBEDDED_WORKER", default=not production),
            service_days=_whole(env, "SERVICE_DAYS", 2, least=1, most=60),
            claim_minutes=_whole(env, "CLAIM_MINUTES", 15, least=1, most=480),
            undo_seconds=_whole(env, "UNDO_SECONDS", 20, least=0, most=600),
            second_factor_required=_second_factor(env.get("SECOND_FACTOR", ""), production),
            sign_on=_sign_on(env, production),
            appeal_days=_whole(env, "APPEAL_DAYS", 14, least=1, most=365),
            address_days=_whole(env, "ADDRESS_DAYS", 30, least=0, most=3650),
            mail_days=_whole(env, "MAIL_DAYS", 7, least=0, most=365),
            import_days=_whole(env, "IMPORT_DAYS", 30, least=0, most=3650),
            look_days=_whole(env, "LOOK_DAYS", 1095, least=30, most=36500),
            working_days=_whole(env, "WORKING_DAYS", 90, least=1, most=3650),
            clamav_url=_clamav_url(env.get("CLAMAV_URL", "")),
            holidays_added=added,
            holidays_removed=removed,
            trusted_proxies=_whole(env, "TRUSTED_PROXIES", 0, least=0, most=5),
            block_rate=_rate(env, "BLOCK_RATE", (120, 20)),
            consultation_rate=_rate(env, "CONSULTATION_RATE", (600, 120)),
            timestamp_url=stamps[0],
            timestamp_roots=stamps[1],
        )


def _credentials(env: Mapping[str, str]) -> dict[str, str]:
    """Secrets that systemd hands over as files (systemd.exec, LoadCredential=)."""
    folder = Path(env.get("CREDENTIALS_DIRECTORY", "/nowhere"))
    files = {name: folder / name for name in SECRETS}
    return {name: file.read_text().strip() for name, file in files.items() if file.is_file()}


def keep_secret(data: Path) -> None:
    """Make the secret of a development installation, once, readable by its owner alone."""
    file = data / "secret_key"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))


def _secret(env: Mapping[str, str], data: Path, production: bool) -> str:
    secret = env.get("SECRET_KEY", "")
    if production and (len(secret) < SECRET_MIN or len(set(secret)) < 10):
        raise SettingsError(
            f"SECRET_KEY is missing or weak: production needs {SECRET_MIN} random characters, "
            'for example from: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if secret:
        return secret
    file = data / "secret_key"
    # A command that needs no database leaves no folder behind: its secret lives as long as it.
    return file.read_text().strip() if file.exists() else secrets.token_urlsafe(48)


def _database_url(url: str, data: Path) -> str:
    if not url:
        return f"sqlite:///{data / 'radd.db'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("DATABASE_URL must begin with postgresql:// or sqlite:///.")
    return url


def _base_url(url: str, host: str, port: int, production: bool) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise SettingsError("BASE_URL must begin with https:// (or http:// on this machine).")
    if production and not url:
        raise SettingsError("BASE_URL is missing: links in mail need the portal's public address.")
    shown = f"[{host}]" if ":" in host else host
    return (url or f"http://{shown}:{port}").rstrip("/")


def _smtp_url(url: str, production: bool) -> str:
    if url and not url.startswith(("smtp://", "smtps://")):
        raise SettingsError("SMTP_URL must be smtp://user:password@host:port or smtps://….")
    if production and not url:
        raise SettingsError("SMTP_URL is missing: authors are told by mail what was decided.")
    return url


def _stamps(url: str, roots: str) -> tuple[str, Path | None]:
    """A time stamp counts only where its authority's certificate is known."""
    if not url:
        return "", None
    if not url.startswith(("http://", "https://")):
        raise SettingsError("TIMESTAMP_URL must begin with https:// or http://.")
    if not roots or not Path(roots).is_file():
        raise SettingsError("TIMESTAMP_ROOTS must name a file: the authority's root certificates.")
    return url, Path(roots)


def _clamav_url(url: str) -> str:
    found = urlsplit(url)
    if url and not (
        (found.scheme == "unix" and found.path.startswith("/") and not found.netloc)
        or (found.scheme == "tcp" and found.hostname and _port(found))
    ):
        raise SettingsError("CLAMAV_URL must be unix:///run/clamav/clamd.ctl or tcp://host:3310.")
    return url


def _sealed(env: Mapping[str, str], production: bool) -> bool:
    """Whether every connection to another machine must be sealed; then each address is held to."""
    said = env.get("TLS", "") or ("required" if production else "offered")
    if said not in ("required", "offered"):
        raise SettingsError(f"TLS is {said!r}; it is required or offered.")
    for name in ("DATABASE_URL", "CLAMAV_URL", "TIMESTAMP_URL") if said == "required" else ():
        if not is_sealed(env.get(name, "").replace("postgres://", "postgresql://", 1)):
            raise SettingsError(
                f"{name} leaves this machine without TLS: take https://, sslmode=verify-full or "
                "an address of this machine; TLS=offered lets it be."
            )
    return said == "required"


def _second_factor(said: str, production: bool) -> bool:
    if said not in ("", "required", "offered"):
        raise SettingsError(f"SECOND_FACTOR is {said!r}; it is required or offered.")
    return said == "required" if said else production


def _sign_on(env: Mapping[str, str], production: bool) -> Provider | None:
    """Who vouches for staff; all that a provider needs, or none of it."""
    issuer, client, secret, name, acr = (
        env.get(f"OIDC_{each}", "")
        for each in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "ACR")
    )
    if not issuer:
        if client or secret:
            raise SettingsError("OIDC_ISSUER is missing: the address of the provider of sign-on.")
        return None
    found = urlsplit(issuer)
    near = found.hostname in ("localhost", "127.0.0.1") and not production
    by_tls = found.scheme == "https" or (near and found.scheme == "http")
    if not by_tls or not found.hostname or found.query or found.fragment or "@" in found.netloc:
        raise SettingsError("OIDC_ISSUER must be an address that begins with https://.")
    for variable, value in (("OIDC_CLIENT_ID", client), ("OIDC_CLIENT_SECRET", secret)):
        if not value:
            raise SettingsError(f"{variable} is missing: the provider of sign-on gives it to you.")
    return Provider(issuer, client, secret, name, acr)


def _port(url: SplitResult) -> int | None:
    try:
        return url.port
    except ValueError:  # it is no number of a port
        return None


def _whole(env: Mapping[str, str], name: str, default: int, *, least: int, most: int) -> int:
    raw = env.get(name, "")
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or not least <= int(raw) <= most:
        raise SettingsError(f"{name} is {raw!r}; it must be a whole number, {least} to {most}.")
    return int(raw)


def _rate(env: Mapping[str, str], name: str, default: tuple[int, int]) -> tuple[int, int]:
    """`120 20` as so many at once, and then so many a minute."""
    raw = env.get(name, "")
    parts = raw.split()
    if not raw:
        return default
    good = len(parts) == 2 and all(part.isascii() and part.isdigit() for part in parts)
    if not good or not all(1 <= int(part) <= 1_000_000 for part in parts):
        raise SettingsError(f"{name} is {raw!r}; write two whole numbers: at once, then a minute.")
    return int(parts[0]), int(parts[1])


def _yes(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    raw = env.get(name, "").lower()
    if raw not in ("", "0", "1", "no", "yes", "false", "true"):
        raise SettingsError(f"{name} is {raw!r}; it must be 1 or 0.")
    return raw in ("1", "yes", "true") if raw else default


def _holidays(raw: str) -> tuple[frozenset[date], frozenset[date]]:
    """`+2026-03-19 -2026-03-22` as days to add and days to take away."""
    days: dict[str, set[date]] = {"+": set(), "-": set()}
    for part in raw.replace(",", " ").split():
        try:
            days[part[0]].add(date.fromisoformat(part[1:]))
        except (KeyError, ValueError) as error:
            raise SettingsError(
                f"HOLIDAYS has {part!r}; write days as +2026-03-19 or -2026-03-22."
            ) from error
    return frozenset(days["+"]), frozenset(days["-"])
