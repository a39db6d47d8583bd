"""E-mail addresses."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from portal.domain.errors import DomainError


def clean_email(email: str) -> str:
    """The address in its one spelling; raises `email_bad`. Nothing is asked of the network."""
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise DomainError("email_bad", field="email") from error
    return found.normalized.lower()
