"""The demo's words: account templates, slots and invented people, read from demo_data. Pure: the same dice, the same words.

Nothing in demo_data is graphic and nobody in it exists (safety.md, content rules).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from nightdesk.rules.basics import Suspect

FOLDER: Final = Path(__file__).resolve().parent / "demo_data"
CHANNELS: Final = ("counter", "counter", "counter", "counter", "phone", "online", "third_party")


@dataclass(frozen=True)
class Account:
    """One template: the parts of what is told, and what goes with it."""

    id: str
    what: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    whoever: str
    sexual: bool
    weight: int = 1
    chemsex: bool = False
    ticks: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    channels: tuple[str, ...] = CHANNELS
    behalf: tuple[str, ...] = ()
    interpreter: str = ""
    times: tuple[str, ...] = ()
    person: str = ""  # "he", "she" or "they" where the words say so
    apps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """Everything the demo can say."""

    accounts: tuple[Account, ...]
    others: tuple[Account, ...]
    people: Mapping[str, Any]

    @property
    def repeats(self) -> Sequence[Mapping[str, Any]]:
        """The people who are named in several reports."""
        return self.people["repeat"]  # type: ignore[no-any-return]


@cache
def demo_words() -> Words:
    """The words on disk, read once a process."""
    return Words(
        _accounts("accounts", sexual=True), _accounts("other_matters", sexual=False), read_toml("people")
    )


def read_toml(stem: str) -> dict[str, Any]:
    """One file of demo_data."""
    return tomllib.loads((FOLDER / f"{stem}.toml").read_text(encoding="utf-8"))


def _accounts(stem: str, *, sexual: bool) -> tuple[Account, ...]:
    return tuple(_account(entry, sexual=sexual) for entry in read_toml(stem)["account"])


def _account(entry: Mapping[str, Any], *, sexual: bool) -> Account:
    lists = ("places", "ticks", "red_flags", "channels", "behalf", "times", "apps")
    given: dict[str, Any] = {name: tuple(value) if name in lists else value for name, value in entry.items()}
    given["what"] = tuple(tuple(part) for part in entry["what"])
    return Account(**given, sexual=sexual)


class Teller:
    """Makes sentences, places and people with one set of dice."""

    def __init__(self, words: Words, dice: Random) -> None:
        self.words, self.dice, self.people = words, dice, words.people

    def filled(self, text: str, slots: Mapping[str, str]) -> str:
        """`text` with its slots filled: first from `slots`, then from the lists of the data."""
        lists = self.people["slots"]
        chosen = {name: self.dice.choice(lists[name]) for name in lists} | {
            "number": str(self.dice.randint(1, 140))
        }
        return text.format_map({**chosen, **slots})

    def what(self, account: Account, slots: Mapping[str, str]) -> str:
        """What is told: one wording of each part."""
        parts = [self.dice.choice(part) for part in account.what]
        return self.filled(" ".join(part for part in parts if part), slots)

    def where(self, kind: str, slots: Mapping[str, str]) -> str:
        """A place of that kind in words."""
        return self.filled(self.dice.choice(self.people["where"][kind]), slots)

    def phone(self) -> str:
        """A number of Ofcom's drama range, in one of the ways in which people write it."""
        last = self.dice.randint(0, 999)
        return self.dice.choice((f"07700 900{last:03}", f"07700900{last:03}", f"+44 7700 900{last:03}"))

    def suspect(self, account: Account, platform: str, named: str) -> Suspect | None:
        """Whoever did it, as far as this person knows; None: nothing is known. `named`: the name in what was told."""
        dice, given = self.dice, self.people["suspects"]
        if account.whoever == "none":
            return None
        description = dice.choice(given["descriptions"]) if dice.random() < 0.5 else ""
        if account.whoever == "stranger":
            return Suspect(description=description or given["descriptions"][0])
        name = named or (dice.choice(given["names"]) if dice.random() < 0.8 else "")
        phone = self.phone() if dice.random() < 0.25 else ""
        if account.whoever == "known":
            return Suspect(name_used=name or given["names"][0], phone=phone, description=description)
        first, sign, second = (
            dice.choice(given["first"]),
            dice.choice(("_", ".", "")),
            dice.choice(given["second"]),
        )
        handle = f"{first}{sign}{second}{dice.randint(1, 99)}"
        return Suspect(name_used=name, platform=platform, handle=handle, phone=phone, description=description)

    def repeated(self, known: Mapping[str, Any]) -> Suspect:
        """A person of several reports, as this one knows them: some identifiers, each in one of its spellings."""
        dice = self.dice

        def one(name: str, chance: float) -> str:
            return dice.choice(known[name]) if known[name] and dice.random() < chance else ""

        handle = one("handles", 0.95)
        phone = one("phones", 0.6 if handle else 1.0)
        return Suspect(
            name_used=one("names", 1.0), platform=known["platform"] if handle else "", handle=handle,
            phone=phone, vehicle=known["vehicle"] if dice.random() < 0.4 else "",
            description=known["description"] if dice.random() < 0.6 else "",
        )  # fmt: skip
