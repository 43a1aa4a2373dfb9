"""A counter's terminal in tests: what a browser would send, with as little as the test is about."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

WHAT = "He raped me last night"
NEW, SAVE = "/staff/counter/new/", "/staff/counter/save/"


@dataclass
class Counter:
    """One terminal with one open form: its key stays the same until `anew`."""

    client: Client
    key: str = field(default_factory=lambda: str(uuid4()))

    def get(self, path: str) -> Any:
        """The answer."""
        return self.client.get(path)

    def page(self, path: str) -> str:
        """The page; it must be there."""
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.content.decode()

    def post(self, path: str, **sent: Any) -> Any:
        """The answer to a form."""
        return self.client.post(path, sent)

    def reason(self, path: str, reason: str = "covering", words: str = "On call tonight.") -> Any:
        """A case that is not theirs, opened with a reason; the answer is where that leads."""
        return self.client.post(path, {"reason": reason, "words": words}, follow=True)

    def form(self, do: str = "send", **typed: Any) -> Any:
        """The answer to the counter's form with this typed in it, on this terminal's key."""
        return self.client.post(NEW, {"key": self.key, "do": do, **typed})

    def send(self, **typed: Any) -> str:
        """A new disclosure, sent on; its reference."""
        self.key = str(uuid4())
        answer = self.form(**typed)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"].split("/")[3])

    def save(self, **typed: Any) -> dict[str, Any]:
        """What the page's script is told when it saves a new disclosure."""
        self.key = str(uuid4())
        return self.save_again(**typed)

    def save_again(self, **typed: Any) -> dict[str, Any]:
        """The same on the key of before."""
        answer = self.client.post(SAVE, {"key": self.key, **typed}, headers={"accept": "application/json"})
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def on_duty_now(self, cast: Any) -> None:
        """Put Sana on duty by the database's clock, which the pages go by."""
        from nightdesk.actions.rota import add_shifts
        from nightdesk.queries.clock import database_now
        from nightdesk.rules.access import SYSTEM

        now, hour = database_now(), timedelta(hours=1)
        shift = (cast.sana, "soit", now - hour, now + hour)
        add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=[shift])


def newest() -> Any:
    """The basics of the newest version of the only disclosure."""
    from nightdesk.records.disclosures import Disclosure

    return Disclosure.objects.get().versions.order_by("-number")[0].basics()


def journal_kinds() -> list[str]:
    """The kinds of all journal lines, oldest first."""
    from nightdesk.records.journal import JournalLine

    return list(JournalLine.objects.order_by("seq").values_list("kind", flat=True))
