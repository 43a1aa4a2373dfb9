"""Words that were sent to a locked desk: sealed at once, given back to whoever typed them, or let go at their wish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.records.sealed import Vault
from nightdesk.records.sign_in import DeskSession, HeldWords
from nightdesk.rules.access import Reader


@dataclass(frozen=True)
class Held:
    """Where the words were going, and the fields of the form as they were sent."""

    path: str
    fields: Mapping[str, Sequence[str]]


def seal_words(
    *,
    actor: Reader,
    at: datetime,
    session_key: str,
    page: str,
    path: str,
    fields: Mapping[str, Sequence[str]],
) -> None:
    """Keep what a form of `page` sent to `path` while the actor's desk was locked. Newer words replace older ones."""
    desk = DeskSession.objects.get(session_key=session_key)
    with entry("words_sealed", actor=actor, at=at, page=page):
        _let_go(desk)
        vault = Vault.new(at=at)
        vault.save()
        HeldWords.objects.create(desk=desk, vault=vault, path=path, held_at=at, fields=dict(fields))


def open_words(*, actor: Reader, at: datetime, session_key: str) -> Held:
    """What is held for the actor's desk, for sending it on. Raises HeldWords.DoesNotExist when nothing is."""
    held = HeldWords.objects.select_related("vault").get(
        desk__session_key=session_key, desk__staff_id=actor.id
    )
    with entry("words_opened", actor=actor, at=at):
        return Held(held.path, held.opened("fields"))


def release_words(*, actor: Reader, at: datetime, session_key: str, how: str) -> str:
    """Hold them no longer: `how` is sent or let_go. Returns where they were going ("" when nothing is held)."""
    desk = DeskSession.objects.get(session_key=session_key, staff_id=actor.id)
    with entry("words_released", actor=actor, at=at, how=how):
        return _let_go(desk)


def _let_go(desk: DeskSession) -> str:
    held = HeldWords.objects.select_related("vault").filter(desk=desk).first()
    if held is None:
        return ""
    held.delete()
    held.vault.delete()
    return held.path
