"""Reading: what is being prepared, or another body's, is on no page; no page changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from portal.domain.consultations import Phase
from portal.models import Consultation, db
from portal.services import drafts
from portal.web.gate import act_of, is_public
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.factories.objects import make_objects
from tests.factories.phases import slug_of
from tests.fixtures.apps import START, Clock
from tests.fixtures.desk import Desk
from tests.web.test_access_objects import asked, everything

__all__ = ["everything"]
PUBLIC_WORD, DRAFT_WORD, NEXT_WORD = "الحدائق", "مستورةقيدالإعداد", "مستورةفيالنسخةالتالية"


def test_the_lists_of_the_desk_show_nothing_of_another_body(
    web: Flask, cast: Cast, clock: Clock, everything: Open
) -> None:
    make_objects(cast, clock, everything)
    urls, seen = web.url_map.bind("localhost"), {}
    for rule in web.url_map.iter_rules():
        if rule.endpoint.startswith("desk.") and rule.arguments == {"lang"}:
            for who in (cast.outsider, cast.moderator):
                path = urls.build(rule.endpoint, {"lang": "ar"})
                answer = Desk(web, who)._ask("GET", path)
                page = answer.get_data(as_text=True)
                if answer.mimetype == "text/html" and answer.status_code == 200:
                    assert "/account/sign-out" in page, path  # OWASP ASVS 7.4.4
                words = (everything.consultation.slug, "الملاحظة الأولى")
                seen[who, rule.endpoint] = any(word in page for word in words)
    assert [name for (who, name), found in seen.items() if found and who == cast.outsider] == []
    assert any(seen.values())  # its own staff do see it


def test_reading_changes_nothing_that_is_decided(
    web: Flask, cast: Cast, clock: Clock, everything: Open
) -> None:
    """No GET of the desk changes more than who looks at what (OWASP ASVS 3.5.3)."""
    ids = make_objects(cast, clock, everything)
    desk, written = Desk(web, cast.administrator), set()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found = WRITES.match(statement)
        if found:
            written.add(found[1])

    event.listen(db.engine, "before_cursor_execute", note)
    with web.test_request_context():
        reading = [r for r in web.url_map.iter_rules() if "GET" in (r.methods or ())]
        here = everything.consultation.slug
    for rule in reading:
        values = {"slug": here, **FILES, "number": 1, "version": 1, "eid": "art_1", **ids}
        if not rule.arguments - {"lang", *values}:
            asked(web, desk, rule, values, "GET")
    event.remove(db.engine, "before_cursor_execute", note)
    # Who looked at an original, opened a comment, saw a note that names them, was last here.
    assert written <= {"original_look", "claim", "mention", "desk_session", "response_presence"}
    assert "claim" in written


WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)")


def test_what_is_being_prepared_is_nowhere_in_public(
    web: Flask, cast: Cast, clock: Clock, everything: Open
) -> None:
    """Of a consultation that is not announced, and of a version that is not published: through
    every public address there is."""
    db.session.execute(
        db.update(Consultation)
        .where(Consultation.slug == slug_of(Phase.DRAFT))
        .values(title_ar=DRAFT_WORD, purpose_ar=DRAFT_WORD)
    )
    draft = DRAFT.replace("الدراجات", NEXT_WORD)
    drafts.import_text(cast.drafter, START, everything.document, draft)
    db.session.commit()
    visitor, urls, read = web.test_client(), web.url_map.bind("localhost"), ""
    for rule, values in public_addresses(web, everything.consultation.slug):
        with web.app_context():
            answer = visitor.get(urls.build(rule.endpoint, values))
        assert answer.status_code < 500, rule.rule
        read += answer.get_data(as_text=True) if (answer.mimetype or "").startswith(TEXT) else ""
        for word in (DRAFT_WORD, NEXT_WORD):
            assert word not in answer.get_data(as_text=False).decode(errors="replace"), rule.rule
    assert PUBLIC_WORD in read


TEXT = ("text/", "application/json", "application/atom+xml")


def public_addresses(web: Flask, slug: str) -> Iterator[tuple[Rule, dict[str, object]]]:
    """Every public page and file, of `slug` where it is of one; also a second version."""
    usual: dict[str, object] = {"lang": "ar", "slug": slug, "number": 1, "edition": 1}
    with web.test_request_context():
        for rule in web.url_map.iter_rules():
            act = act_of(rule.endpoint)
            if act is None or not is_public(act) or "GET" not in (rule.methods or ()):
                continue
            for version, extension in ((1, "docx"), (2, "docx"), (2, "xml")):
                values = {**usual, **FILES, "version": version, "extension": extension}
                yield rule, {name: values[name] for name in rule.arguments}


FILES: dict[str, object] = {
    "q": NEXT_WORD,
    "position": 1,
    "ref": "1",
    "code": "X" * 16,
    "token": "x",
    "digest": "0",
    "name": "x",
}
