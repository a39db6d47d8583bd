"""Who, what and when in Akoma Ntoso: the FRBR identification of a draft version.

The addresses follow the naming convention of the standard (`/akn/jo/bill/…/ara@…`).
"""

from __future__ import annotations

from lxml import etree

from portal.formats.draft_files.about import About
from portal.formats.draft_files.akn_names import AKN, PROFILE, RADD
from portal.formats.draft_files.shown import shown

SOURCE = "#radd"


def meta(about: About, title: str, component: str, *, translated: bool) -> etree._Element:
    """The `meta` of the document, or of a component of it (`main`, `annex_1`)."""
    made = _new("meta")
    identification = _sub(made, "identification", source=SOURCE)
    _work(identification, about, title, component)
    _expression(identification, about, component, translated=translated)
    _manifestation(identification, about, component)
    if component == "main":  # an annex refers to what is named here
        references = _sub(made, "references", source=SOURCE)
        _organisation(references, "radd", "radd", "Radd")
        if about.body_slug:
            _organisation(references, "body", about.body_slug, about.body.ar)
        proprietary = _sub(made, "proprietary", source=SOURCE)
        etree.SubElement(proprietary, f"{{{RADD}}}profile", value=PROFILE)
    return made


def _new(tag: str) -> etree._Element:
    return etree.Element(f"{{{AKN}}}{tag}")


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    given = {name.rstrip("_"): shown(value) for name, value in attributes.items()}
    return etree.SubElement(parent, f"{{{AKN}}}{tag}", given)


def _organisation(parent: etree._Element, eid: str, slug: str, name: str) -> None:
    href = f"/ontology/organization/jo/{slug}"
    _sub(parent, "TLCOrganization", eId=eid, href=href, showAs=name)


def _work_uri(about: About) -> str:
    name = f"{about.slug or 'draft'}-{about.document}"
    day = (about.begun or about.day).isoformat()
    return f"/akn/jo/bill/{about.kind.value}/{day}/{name}"


def _expression_uri(about: About) -> str:
    return f"{_work_uri(about)}/ara@{about.day.isoformat()}"


def _core(parent: etree._Element, uri: str, this: str, about: About, event: str) -> None:
    _sub(parent, "FRBRthis", value=this)
    _sub(parent, "FRBRuri", value=uri)
    _sub(parent, "FRBRdate", date=about.day.isoformat(), name=event)
    _sub(parent, "FRBRauthor", href="#body" if about.body_slug else SOURCE)


def _work(parent: etree._Element, about: About, title: str, component: str) -> None:
    work, uri = _sub(parent, "FRBRWork"), _work_uri(about)
    _core(work, uri, f"{uri}/!{component}", about, "generation")
    if title:
        alias = etree.Element(f"{{{AKN}}}FRBRalias", value=shown(title), name="title")
        work.insert(2, alias)
    _sub(work, "FRBRcountry", value="jo")
    _sub(work, "FRBRsubtype", value=about.kind.value)
    _sub(work, "FRBRnumber", value=str(about.document))
    if about.slug:
        _sub(work, "FRBRname", value=about.slug)


def _expression(parent: etree._Element, about: About, component: str, *, translated: bool) -> None:
    expression, uri = _sub(parent, "FRBRExpression"), _expression_uri(about)
    event = "publication" if about.published else "generation"
    _core(expression, uri, f"{uri}/!{component}", about, event)
    if about.url:
        alias = etree.Element(f"{{{AKN}}}FRBRalias", value=shown(about.url), name="page")
        expression.insert(2, alias)
    if about.version:
        _sub(expression, "FRBRversionNumber", value=str(about.version))
    _sub(expression, "FRBRlanguage", language="ara")
    if translated:
        _sub(expression, "FRBRlanguage", language="eng")


def _manifestation(parent: etree._Element, about: About, component: str) -> None:
    manifestation, uri = _sub(parent, "FRBRManifestation"), f"{_expression_uri(about)}.akn"
    _core(manifestation, uri, f"{_expression_uri(about)}/!{component}.akn", about, "generation")
