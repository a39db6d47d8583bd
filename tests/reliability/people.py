"""People at work while processes are killed: they try again until they are answered."""

from __future__ import annotations

import re
import secrets
import threading
import time
from dataclasses import dataclass, field

import requests

from tests.factories.cast import PASSWORD, email_of

SLUG = "gardens"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
CODE = re.compile(r"/submissions/([A-Za-z0-9-]+)")
WAITING = re.compile(rf"/ar/desk/consultations/{SLUG}/moderation/([0-9]+)")
SEEN = re.compile(r'name="seen"[^>]*value="([0-9]+)"')


@dataclass
class Kept:
    """What the portal acknowledged: receipt -> texts, and decided comment -> outcome."""

    receipts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    decided: dict[int, str] = field(default_factory=dict)
    tries: int = 0


@dataclass
class Crew:
    """Some who send, and one who moderates, until they are told to stop."""

    url: str
    kept: Kept = field(default_factory=Kept)
    enough: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    faults: list[str] = field(default_factory=list)

    def start(self, senders: int = 3) -> None:
        for number in range(senders):
            self._begin(self._send_on, f"sender {number}")
        self._begin(self._moderate_on, "moderator")

    def wait_for(self, more: int, seconds: float = 120) -> None:
        """Until so many more have been acknowledged."""
        wanted, until = len(self.kept.receipts) + more, time.monotonic() + seconds
        while len(self.kept.receipts) < wanted:
            assert time.monotonic() < until, f"nothing is acknowledged any more: {self.faults}"
            time.sleep(0.01)

    def stop(self) -> None:
        """Everybody finishes what they began."""
        self.enough.set()
        for thread in self.threads:
            thread.join(timeout=120)
            assert not thread.is_alive(), f"{thread.name} is stuck"
        assert self.faults == []

    def _begin(self, work: object, name: str) -> None:
        def guarded() -> None:
            try:
                work()  # type: ignore[operator]
            except Exception as error:  # a thread's failure is the test's
                self.faults.append(f"{name}: {error!r}")

        thread = threading.Thread(target=guarded, name=name, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _send_on(self) -> None:
        while not self.enough.is_set():
            self._send_once()

    def _send_once(self) -> None:
        """One form, sent until its receipt comes: a person presses the button again."""
        texts = tuple(f"ملاحظة {secrets.token_hex(8)}" for _ in range(secrets.choice((1, 2, 3))))
        form = {"form_key": secrets.token_urlsafe(18), "sender_class": "citizen", "action": "send"}
        form["email"] = f"{secrets.token_hex(4)}@example.org"
        for index, text in enumerate(texts):
            form |= {
                f"comments-{index}-text": text,
                f"comments-{index}-type": "general",
            }
        address = f"{self.url}/ar/consultations/{SLUG}/compose"
        while True:
            with self.lock:
                self.kept.tries += 1
            try:
                answer = requests.post(address, data=form, allow_redirects=False, timeout=30)
            except requests.RequestException:
                time.sleep(0.2)
                continue
            if answer.status_code in (502, 503):
                time.sleep(0.2)
                continue
            assert answer.status_code == 303, f"{answer.status_code}: {answer.text[:500]}"
            found = CODE.search(answer.headers["Location"])
            assert found, answer.headers["Location"]
            with self.lock:
                if found[1] in self.kept.receipts:
                    self.kept.twice.append(found[1])
                self.kept.receipts[found[1]] = texts
            return

    def _moderate_on(self) -> None:
        session = requests.Session()
        while not self.enough.is_set():
            try:
                self._decide_next(session)
            except requests.RequestException:
                time.sleep(0.2)

    def _decide_next(self, session: requests.Session) -> None:
        queue = f"{self.url}/ar/desk/consultations/{SLUG}/moderation"
        page = session.get(f"{self.url}/ar/desk/moderation", timeout=30)
        if "sign-in" in page.url:
            self._sign_in(session)
            return
        numbers = [int(number) for number in WAITING.findall(page.text)]
        if page.status_code != 200 or not numbers:
            time.sleep(0.1)
            return
        number = numbers[0]
        shown = session.get(f"{queue}/{number}", timeout=30)
        token, seen = TOKEN.search(shown.text), SEEN.search(shown.text)
        if shown.status_code != 200 or token is None or seen is None:
            return
        outcome = secrets.choice(("publish", "withhold"))
        sent = {"csrf_token": token[1], "seen": seen[1], "action": "decide", "outcome": outcome}
        sent |= {"ground": "off_topic"} if outcome == "withhold" else {}
        answer = session.post(f"{queue}/{number}", data=sent, allow_redirects=False, timeout=30)
        if answer.status_code == 302:
            with self.lock:
                self.kept.decided[number] = outcome

    def _sign_in(self, session: requests.Session) -> None:
        address = f"{self.url}/ar/account/sign-in"
        token = TOKEN.search(session.get(address, timeout=30).text)
        if token is not None:
            who = {"email": email_of("moderator"), "password": PASSWORD, "csrf_token": token[1]}
            session.post(address, data=who, timeout=30)
