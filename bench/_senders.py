"""Senders that fill in the counter's form like browsers: own session, one connection kept open, retrying when asked to."""

import http.client
import random
import re
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

FORM: Final = "/staff/counter/new/"
SAVE: Final = "/staff/counter/save/"
TRIES: Final = 8
PATIENCE_SECONDS: Final = 60
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

# Invented, of several kinds and languages. What matters here is that each asks for a specialist.
ACCOUNTS: Final = (
    "I've been raped. It was last night at a flat, I don't know the address. He said his name was Dan.",
    "My friend was sexually assaulted in a club toilet on Saturday. She does not want to talk yet.",
    "Someone I met on an app put something in my drink. I woke up there without my clothes and I can't remember the night.",
    "Me violaron anoche en un piso cerca de la estación. No sé cómo se llama.",
    "Fui abusada ontem à noite num apartamento. Ele não parou quando eu disse não.",
    "Zostałam zgwałcona w nocy. Nie pamiętam adresu, tylko stację metra.",
    "We were taking G at a chillout and I passed out. When I came round he was having sex with me. I had said no.",
    "He touched me on the night bus and would not stop. I got off and came here.",
    "It was my ex. He came in on Friday, held me down and raped me. There was a knife on the table.",
    "J'ai été violée hier soir chez lui. J'avais dit non plusieurs fois.",
)
PLACES: Final = ("a flat in Mill Road", "The Lantern, Quay Street", "the night bus, stop 14", "HX4 7QD", "")
NAMES: Final = ("Jo", "Sam", "Ash", "Robin", "")


@dataclass
class Tally:
    """What one sender saw: milliseconds of each accepted answer, what was accepted, and what went wrong."""

    accepted: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    retried: int = 0


class Sender:
    """One counter officer's browser."""

    def __init__(self, port: int, cookie: str, run: str, number: int, seed: int) -> None:
        self.port, self.run, self.number = port, run, number
        self.cookies = {"nightdesk_session": cookie}
        self.chance = random.Random(seed * 1000 + number)
        self.tally = Tally()
        self.count = 0
        self.line: http.client.HTTPConnection | None = None
        self.token = ""

    def open_form(self) -> None:
        """Read the form once, as a browser would; raises RuntimeError when it is not served."""
        status, headers, body = self._ask("GET", FORM, None)
        found = TOKEN.search(body)
        if status != 200 or not found:
            where = headers.get("location", "")
            raise RuntimeError(f"The counter's form answers {status} {where}. Is the sender signed in?")
        self.token = found.group(1)

    def close(self) -> None:
        """Let go of the connection."""
        if self.line is not None:
            self.line.close()
            self.line = None

    def send_one(self) -> None:
        """Send one whole disclosure until it is accepted or refused; note how long it took from first to last try."""
        self.count += 1
        serial = f"[nd{self.run}{self.number}-{self.count}]"
        fields = self.whole(serial)
        started = time.perf_counter()
        status = self._until_answered(FORM, fields)
        if status == 302:
            self.tally.accepted.append(serial)
            self.tally.milliseconds.append((time.perf_counter() - started) * 1000)
        else:
            self.tally.failed.append(f"{status}")

    def save_one(self, key: str, words: str) -> float:
        """One save as it is typed; milliseconds. Raises RuntimeError when it was not kept."""
        started = time.perf_counter()
        status = self._until_answered(SAVE, self._hidden(key) | {"what": words})
        if status != 200:
            raise RuntimeError(f"A save was answered {status}.")
        return (time.perf_counter() - started) * 1000

    def whole(self, serial: str) -> dict[str, str]:
        """A filled form, with its serial inside the words."""
        pick = self.chance.choice
        what = f"{pick(ACCOUNTS)} {pick(ACCOUNTS) if self.chance.random() < 0.3 else ''} {serial}"
        return self._hidden(str(uuid.uuid4())) | {
            "do": "send", "what": what, "when_choice": "dont_know", "where_words": pick(PLACES), "call_me": pick(NAMES),
            "contact_phone": f"07700 900{self.chance.randrange(1000):03d}", "under_18": "no", "danger_now": "no",
            "suspect0-name_used": pick(NAMES), "suspect0-handle": f"@night{self.chance.randrange(10_000)}",
        }  # fmt: skip

    def _hidden(self, key: str) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.token, "key": key, "channel": "counter"}

    def _until_answered(self, path: str, fields: dict[str, str]) -> int | str:
        """The final status. After “later” or a dropped connection it tries again with the same key: that makes no second."""
        until = time.monotonic() + PATIENCE_SECONDS
        answer: int | str = "no answer"
        for _ in range(TRIES):
            try:
                status, headers, _body = self._ask("POST", path, urlencode(fields))
            except (OSError, http.client.HTTPException) as fault:
                self.close()
                answer, wait = type(fault).__name__, 0.2
            else:
                if status != 503 or "retry-after" not in headers:
                    return status
                answer, wait = status, float(headers["retry-after"])
            self.tally.retried += 1
            if time.monotonic() + wait > until:
                break
            time.sleep(wait)
        return answer

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, dict[str, str], str]:
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        text = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


def warm_up(senders: list[Sender]) -> None:
    """Each opens the form and sends one: every process of the server has then read its pack and lexicon, as in a force."""
    _in_threads(senders, lambda sender: sender.open_form())
    _in_threads(senders, lambda sender: sender.send_one())
    for sender in senders:
        sender.tally.milliseconds.clear()


def all_together(senders: list[Sender], seconds: float) -> float:
    """Every sender sends, one disclosure after another, until the time is up; then finishes. Seconds taken."""
    ends = time.monotonic() + seconds

    def keep_sending(sender: Sender) -> None:
        while time.monotonic() < ends:
            sender.send_one()

    started = time.monotonic()
    _in_threads(senders, keep_sending)
    return time.monotonic() - started


def _in_threads(senders: list[Sender], work: Callable[[Sender], None]) -> None:
    faults: list[BaseException] = []

    def guarded(sender: Sender) -> None:
        try:
            work(sender)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(sender,)) for sender in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{len(faults)} of {len(senders)} senders broke off: {faults[0]}") from faults[0]
