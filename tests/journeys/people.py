"""Staff who sign in, for journeys: one account for each part, made by the service itself."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page

from portal.adapters.database import begin_write
from portal.domain.accounts import Actor, Role
from portal.jobs import tick
from portal.models import PublicBody, db
from portal.services.accounts import create_user
from tests.factories.cast import PASSWORD, email_of
from tests.fixtures.apps import START, Clock
from tests.fixtures.desk import Desk
from tests.fixtures.live import Live

PARTS = {
    "moderator": Role.MODERATOR,
    "other_moderator": Role.MODERATOR,
    "drafter": Role.DRAFTER,
    "approver": Role.APPROVER,
}


def make_staff(app: Flask) -> None:
    """A public body and its moderators, drafter and approver."""
    with app.app_context():
        body = PublicBody(slug="bureau", name_ar="ديوان التشريع (مثال)", name_en="Bureau")
        db.session.add(body)
        db.session.flush()
        for part, role in PARTS.items():
            create_user(
                START,
                email=email_of(part),
                name=f"{part} (example)",
                password=PASSWORD,
                roles=((role, body.id),),
            )
        db.session.commit()


def sign_in(page: Page, part: str, lang: str = "ar") -> Page:
    """Sign in as a part of the cast; gives the page, at the desk."""
    return sign_in_with(page, email_of(part), PASSWORD, lang)


def sign_in_with(page: Page, email: str, password: str, lang: str) -> Page:
    """Sign in with what is typed; gives the page, at the desk."""
    page.goto(f"/{lang}/account/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url(f"**/{lang}/desk/")
    return page


def enter(page: Page, served: Live, actor: Actor) -> None:
    """Sign somebody in without the form, as `tests.fixtures.desk` does."""
    name = served.app.config["SESSION_COOKIE_NAME"]
    db.session.commit()
    begin_write()  # the server writes too
    cookie = Desk(served.app, actor).client.get_cookie(name)
    assert cookie is not None
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": served.url}])


def settle(app: Flask, clock: Clock) -> None:
    """Let the seconds go by in which a decision can be undone, and the clock's work be done."""
    clock.pass_(seconds=30)
    db.session.rollback()
    tick.run(app, clock())
