"""A published comment as an annotation of the W3C's model, for programs."""

from __future__ import annotations

from flask import jsonify
from flask.typing import ResponseReturnValue

from portal.domain.anchors import as_json
from portal.domain.attachments import IMAGES, MEDIA_TYPES
from portal.domain.errors import DomainError
from portal.domain.visibility import TEXT_PUBLIC, Audience
from portal.formats.words import plain
from portal.policies.table import Act
from portal.queries.comments import CommentView, find_comment
from portal.queries.standing import Spot, spots
from portal.web.attachments import suffix_of
from portal.web.gate import act, scope
from portal.web.links import absolute
from portal.web.public.blueprint import bp


@bp.get("/consultations/<slug>/comments/<int:number>.json")
@act(Act.READ_CONSULTATION)
def annotation(slug: str, number: int) -> ResponseReturnValue:
    found = find_comment(scope().id, number, Audience.PUBLIC)
    if found is None or found.publication not in TEXT_PUBLIC:
        raise DomainError("not_found", status=404)
    quote_shown = all(isinstance(piece, str) for piece in found.words.quoted)
    targets = [_target(slug, spot, words=quote_shown) for spot in spots(found.id) if spot.eid]
    content = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": absolute("public.annotation", slug=slug, number=number),
        "type": "Annotation",
        "motivation": ["commenting", "editing"] if found.words.proposed else ["commenting"],
        "created": found.received_at.isoformat(),
        "body": [*_bodies(found), *_files(slug, found)],
        "target": targets,
    }
    response = jsonify(content)
    response.mimetype = "application/ld+json"
    return response


def _bodies(comment: CommentView) -> list[dict[str, str]]:
    texts = (("commenting", comment.words.text), ("editing", comment.words.proposed))
    return [
        {"type": "TextualBody", "purpose": purpose, "value": plain(pieces)}
        for purpose, pieces in texts
        if pieces
    ]


def _files(slug: str, comment: CommentView) -> list[dict[str, str]]:
    """The files that go with it, as bodies of their own (4.1 "External Web Resources")."""
    kinds = {True: "Image", False: "Text"}
    return [
        {
            "id": absolute(
                "public.attachment",
                slug=slug,
                number=comment.number,
                position=file.position,
                extension=suffix_of(file.kind),
            ),
            "type": kinds[file.kind in IMAGES],
            "format": MEDIA_TYPES[file.kind],
        }
        for file in comment.files
    ]


def _target(slug: str, spot: Spot, *, words: bool) -> dict[str, object]:
    """Where it stands in one version: a provision of its page, and the words within it."""
    source = absolute(
        "public.document", slug=slug, number=spot.document_number, version=spot.version_number
    )
    fragment = {"type": "FragmentSelector", "value": spot.eid}
    if not (words and spot.selectors):
        return {"source": source, "selector": fragment}
    refined = {**fragment, "refinedBy": as_json(spot.selectors)}
    return {"source": source, "selector": refined}
