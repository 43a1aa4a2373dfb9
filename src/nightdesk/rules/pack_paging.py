"""The entries of escalation.toml: who is paged when, how long an answer holds, when whoever set off is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nightdesk.rules.pack_entries import Entry


@dataclass(frozen=True, kw_only=True)
class EscalationStep(Entry):
    """Who is paged `after_minutes` of silence, counted from the moment the referral was raised."""

    layer: Literal["soit", "second", "duty_di", "control_room"]
    label: str
    after_minutes: int
    edition: str


@dataclass(frozen=True, kw_only=True)
class AnswerHold(Entry):
    """How many `minutes` an answer to a page holds if nobody sets off: then the next person is told."""

    label: str
    minutes: int
    edition: str


@dataclass(frozen=True, kw_only=True)
class Reminder(Entry):
    """Whoever set off and is not there after `after_minutes` is asked, then every `every_minutes`, `times` in all."""

    label: str
    after_minutes: int
    every_minutes: int
    times: int
    edition: str
