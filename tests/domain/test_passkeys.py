"""For whom passkeys are made."""

from __future__ import annotations

import pytest

from portal.domain.errors import DomainError
from portal.domain.passkeys import clean_name, handle_of, relying_party


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("https://consult.example.jo", ("consult.example.jo", "https://consult.example.jo")),
        ("https://Consult.example.jo:443", ("consult.example.jo", "https://consult.example.jo")),
        ("https://x.example:8443", ("x.example", "https://x.example:8443")),
        ("https://استشارة.example", ("xn--mgbagc0bji.example", "https://xn--mgbagc0bji.example")),
        ("http://127.0.0.1:8000", ("localhost", "http://localhost:8000")),
        ("http://[::1]:8000", ("localhost", "http://localhost:8000")),
    ],
)
def test_the_party_is_the_name_in_the_public_address(address: str, party: tuple[str, str]) -> None:
    assert relying_party(address) == party


def test_what_a_key_keeps_of_its_owner_is_always_the_same_and_names_nobody() -> None:
    party, other = relying_party("https://a.example"), relying_party("https://b.example")
    assert handle_of(party, 7) == handle_of(party, 7)
    assert len({handle_of(party, 7), handle_of(party, 8), handle_of(other, 7)}) == 3


def test_a_name_is_one_line_of_words() -> None:
    assert clean_name("  حاسوب \n المكتب ") == "حاسوب المكتب"
    for bad in ("", "  ", "x" * 61, "a\u202eb"):
        with pytest.raises(DomainError):
            clean_name(bad)
