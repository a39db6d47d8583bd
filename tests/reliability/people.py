"""People at work while processes are killed: they try again until they are answered."""

from __future__ import annotations

import re
import secrets
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import requests

from portal.adapters.fetching import fetch
from portal.domain.errors import DomainError
from portal.jobs.witness import watch
from tests.reliability.desk import Approver, Moderator
from tests.reliability.preparing import BUSY

CODE = re.compile(r"/submissions/([A-Za-z0-9-]+)")
AWAY = (502, 503)
SENDERS = 3


@dataclass
class Crew:
    """Some who send, two who moderate, one who publishes and one who is a witness of the record,
    until they are told to stop. `receipts` are of what was acknowledged, `notes` the witness's."""

    url: str
    notes: Path
    receipts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    tries: int = 0
    enough: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.moderators = (Moderator(self.url, "moderator"), Moderator(self.url, "other_moderator"))
        self.approver = Approver(self.url, "approver")

    def start(self) -> None:
        for number in range(SENDERS):
            self._begin(self._send_once, f"sender {number}")
        for moderator in self.moderators:
            self._begin(moderator.decide_next, moderator.part)
        self._begin(self.approver.publish_next, "approver")
        self._begin(self.witness, "witness")

    @property
    def decided(self) -> dict[int, str]:
        """What was acknowledged to moderators."""
        return {number: said for each in self.moderators for number, said in each.decided.items()}

    def wait_for(self, more: int, seconds: float = 120) -> None:
        """Until so many more have been acknowledged."""
        wanted, until = len(self.receipts) + more, time.monotonic() + seconds
        while len(self.receipts) < wanted:
            assert time.monotonic() < until, f"nothing is acknowledged any more: {self.faults}"
            time.sleep(0.01)

    def wait_for_each(self, seconds: float = 120) -> None:
        """Until something of each kind has been acknowledged: else it would not be compared."""
        until = time.monotonic() + seconds
        while not (self.receipts and self.decided and self.approver.acknowledged):
            assert time.monotonic() < until, f"nothing is acknowledged any more: {self.faults}"
            time.sleep(0.05)

    def stop(self) -> None:
        """Everybody finishes what they began."""
        self.enough.set()
        for thread in self.threads:
            thread.join(timeout=120)
            if thread.is_alive():
                self.faults.append(f"{thread.name} is stuck")

    def witness(self) -> None:
        """Keep the newest checkpoint; one that does not continue those before is a fault."""
        try:
            watch(fetch, f"{self.url}/record", self.notes)
        except DomainError as error:
            if error.code != "witness_away":
                raise
        time.sleep(0.3)

    def _begin(self, work: Callable[[], None], name: str) -> None:
        def guarded() -> None:
            while not self.enough.is_set():
                try:
                    work()
                except requests.RequestException:
                    time.sleep(0.2)
                except Exception:  # a thread's failure is the test's
                    self.faults.append(f"{name}: {traceback.format_exc()}")
                    return

        thread = threading.Thread(target=guarded, name=name, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _send_once(self) -> None:
        """One form, sent until its receipt comes: a person presses the button again."""
        texts = tuple(f"ملاحظة {secrets.token_hex(8)}" for _ in range(secrets.choice((1, 2, 3))))
        code = self.receipt(form_of(texts))
        with self.lock:
            if code in self.receipts:
                self.twice.append(code)
            self.receipts[code] = texts
        time.sleep(0.1)

    def receipt(self, form: dict[str, str]) -> str:
        """Send a form until its receipt comes."""
        while True:
            with self.lock:
                self.tries += 1
            try:
                answer = send(self.url, form)
            except requests.RequestException:
                time.sleep(0.2)
                continue
            if answer.status_code not in AWAY:
                return code_in(answer)
            time.sleep(0.2)


def form_of(texts: tuple[str, ...]) -> dict[str, str]:
    """A form of comments, with a key of its own."""
    form = {"form_key": secrets.token_urlsafe(18), "sender_class": "citizen", "action": "send"}
    form["email"] = f"{secrets.token_hex(4)}@example.org"
    for index, text in enumerate(texts):
        form |= {f"comments-{index}-text": text, f"comments-{index}-type": "general"}
    return form


def send(url: str, form: dict[str, str]) -> requests.Response:
    """Send it once."""
    address = f"{url}/ar/consultations/{BUSY}/compose"
    return requests.post(address, data=form, allow_redirects=False, timeout=30)


def code_in(answer: requests.Response) -> str:
    """The code of the receipt that the answer leads to."""
    assert answer.status_code == 303, f"{answer.status_code}: {answer.text[:500]}"
    found = CODE.search(answer.headers["Location"])
    assert found, answer.headers["Location"]
    return found[1]
