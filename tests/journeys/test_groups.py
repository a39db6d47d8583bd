"""A campaign at the desk in a browser: the group, its variants, one decision for all."""

from __future__ import annotations

from playwright.sync_api import expect

from portal.models import CommentGroup, User, db
from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.fixtures.apps import Clock
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live
from tests.journeys.people import enter

TEXT = "نطالب بأن تبقى الحديقة مفتوحة حتى منتصف الليل في أشهر الصيف لأن الناس تعمل نهاراً"


def test_a_campaign_is_one_decision(served: Live, visitor: Visitor, clock: Clock) -> None:
    cast = make_cast()
    place = made.open_one(cast, clock)
    made.send(place, clock, TEXT, email="a@example.org")
    made.send(place, clock, TEXT.replace("الليل", "النهار"), TEXT)
    made.send(place, clock, "راسلوني على a@example.jo أو ٠٧٩ ٠١٢ ٣٤٥٦ يا حمـــار")
    db.session.commit()
    assert db.session.get_one(User, cast.moderator.user_id).active
    group = db.session.scalars(db.select(CommentGroup)).one()
    for width, scheme in ((PHONE, "light"), (1280, "dark")):
        page = visitor.page(width=width, color_scheme=scheme)
        enter(page, served, cast.moderator)
        for language in ("ar", "en"):
            for path in (
                f"consultations/gardens/groups/{group.id}",
                "consultations/gardens/groups",
                "consultations/gardens/moderation/4",
                "insults",
            ):
                page.goto(f"/{language}/desk/{path}")
                assert_accessible(page)
                assert_fits(page)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"/en/desk/consultations/gardens/groups/{group.id}")
    assert_fits(page)
    page.get_by_label("Publish", exact=True).check()
    page.get_by_role("button", name="See what follows").click()
    expect(page.get_by_text("here for comment 1")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="Decide for 3 comments").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    clock.pass_(seconds=21)
    page.reload()
    expect(page.get_by_text("3 of 3")).to_be_visible()
    assert_accessible(page)
