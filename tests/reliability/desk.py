"""Staff at their desks while processes are killed: what was acknowledged to them."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass, field

import requests

from tests.factories.cast import PASSWORD, email_of
from tests.reliability.preparing import ANSWERED, BUSY

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
WAITING = re.compile(rf"/ar/desk/consultations/{BUSY}/moderation/([0-9]+)")
SEEN = re.compile(r'name="seen"[^>]*value="([0-9]+)"')
NEWEST = re.compile(r'name="newest"[^>]*value="([0-9]+)"')
PATIENCE = 180  # seconds until a publication that was begun must be out


@dataclass
class _Staff:
    """Somebody who signs in again whenever that is asked for."""

    url: str
    part: str
    session: requests.Session = field(default_factory=requests.Session)

    def page(self, path: str) -> str:
        """The page at a path of the desk; empty where it cannot be had now."""
        shown = self.session.get(f"{self.url}/ar/desk/{path}", timeout=30)
        if "sign-in" in shown.url:
            self._sign_in()
            return ""
        return shown.text if shown.status_code == 200 else ""

    def post(self, path: str, form: dict[str, str]) -> int:
        """The status that a form is answered with."""
        address = f"{self.url}/ar/desk/{path}"
        answer = self.session.post(address, data=form, allow_redirects=False, timeout=30)
        assert answer.status_code != 500, answer.text[:500]
        return answer.status_code

    def _sign_in(self) -> None:
        address = f"{self.url}/ar/account/sign-in"
        token = TOKEN.search(self.session.get(address, timeout=30).text)
        if token is not None:
            who = {"email": email_of(self.part), "password": PASSWORD, "csrf_token": token[1]}
            self.session.post(address, data=who, timeout=30)


@dataclass
class Moderator(_Staff):
    """Decides what waits; `decided` is what was acknowledged: comment -> outcome."""

    decided: dict[int, str] = field(default_factory=dict)

    def decide_next(self) -> None:
        numbers = [int(number) for number in WAITING.findall(self.page("moderation"))]
        if not numbers:
            time.sleep(0.1)
            return
        number = secrets.choice(numbers)  # two who work side by side
        path = f"consultations/{BUSY}/moderation/{number}"
        shown = self.page(path)
        token, seen = TOKEN.search(shown), SEEN.search(shown)
        if token is None or seen is None:
            return
        outcome = secrets.choice(("publish", "withhold"))
        sent = {"csrf_token": token[1], "seen": seen[1], "action": "decide", "outcome": outcome}
        sent |= {"ground": "off_topic"} if outcome == "withhold" else {}
        if self.post(path, sent) == 302:
            self.decided[number] = outcome


@dataclass
class Approver(_Staff):
    """Publishes edition after edition, each under a reason of its own, and presses the button
    again while no answer comes. `asked` are all reasons, `acknowledged` those of which the portal
    said that they are taken on."""

    asked: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    def publish_next(self) -> None:
        form = self._form()
        if form is None:
            time.sleep(0.1)
            return
        self.asked.append(form["reason"])
        until = time.monotonic() + PATIENCE
        while not self._is_out(form):
            assert time.monotonic() < until, f"no edition came after {form['newest']}"
            if form["reason"] not in self.acknowledged and self._press(form):
                self.acknowledged.append(form["reason"])
            time.sleep(0.3)

    def _form(self) -> dict[str, str] | None:
        shown = self.page(f"consultations/{ANSWERED}/matrix")
        token, newest = TOKEN.search(shown), NEWEST.search(shown)
        if token is None or newest is None:
            return None
        reason = f"تصويب {secrets.token_hex(8)}"
        return {"csrf_token": token[1], "newest": newest[1], "reason": reason}

    def _press(self, form: dict[str, str]) -> bool:
        """Whether it is taken on; 409: an earlier press was, or the one before is not done."""
        try:
            status = self.post(f"consultations/{ANSWERED}/matrix/publish", form)
        except requests.RequestException:
            return False
        assert status in (302, 409, 502, 503), status
        return status == 302

    def _is_out(self, form: dict[str, str]) -> bool:
        try:
            newest = NEWEST.search(self.page(f"consultations/{ANSWERED}/matrix"))
        except requests.RequestException:
            return False
        return newest is not None and int(newest[1]) > int(form["newest"])
