"""The basics of one invented disclosure: when, where, who, wishes, each given, not known, declined or not asked. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from nightdesk.jobs.demo_texts import Account, Teller
from nightdesk.rules.basics import Basics, with_answer_states

PLATFORMS: Final = {
    "Grindr": "grindr", "Scruff": "scruff", "Tinder": "tinder", "Hinge": "hinge", "Telegram": "telegram",
    "Snapchat": "snapchat", "Instagram": "instagram", "Discord": "discord",
}  # fmt: skip
PERSONS: Final = ("he", "he", "he", "she", "she", "they")
PRONOUNS: Final = {"he": "he/him", "she": "she/her", "they": "they/them"}
NO_ANSWER: Final = ("dont_know", "dont_know", "rather_not", "not_asked")


def told(
    teller: Teller, account: Account, told_at: datetime, times: Mapping[str, tuple[float, float]]
) -> Basics:
    """What is known after the four questions. `times` are the pack's quick answers: id → hours ago (earliest, latest)."""
    dice = teller.dice
    app = dice.choice(account.apps or teller.people["slots"]["app"])
    slots = {"app": app, "host": dice.choice(teller.people["slots"]["host"])}
    kind = dice.choice(account.places)
    known_place = dice.random() < 0.85
    what = teller.what(account, slots)
    named = slots["host"] if slots["host"] in what else ""
    suspect = teller.suspect(account, PLATFORMS[app], named) if dice.random() < 0.8 else None
    basics = Basics(
        what=what,
        **_when(dice, account, told_at, times),
        where_kind=kind if known_place else "", where_words=teller.where(kind, slots) if known_place else "",
        suspects=(suspect,) if suspect else (),
        **_person(teller, account), **_ticks(dice, account), **_wishes(dice, account),
    )  # fmt: skip
    return with_answer_states(
        basics,
        {question: dice.choice(NO_ANSWER) for question in ("when", "where", "who_person", "who_suspect")},
    )


def _when(
    dice: Random, account: Account, told_at: datetime, times: Mapping[str, tuple[float, float]]
) -> dict[str, Any]:
    """An exact time, a range, a quick answer, words alone, or not known."""
    way = dice.choice(
        account.times or ("exact", "range", "range", "quick", "quick", "quick", "words", "unknown")
    )
    hours_ago = min(dice.lognormvariate(2.2, 1.3), 24 * 60)
    if way == "exact":
        moment = (told_at - timedelta(hours=hours_ago)).replace(second=0, microsecond=0)
        return {"when_choice": "exact", "earliest_at": moment, "latest_at": moment}
    if way == "range":
        last = (told_at - timedelta(hours=hours_ago)).replace(minute=0, second=0, microsecond=0)
        return {
            "when_choice": "exact",
            "earliest_at": last - timedelta(hours=dice.randint(1, 9)),
            "latest_at": last,
        }
    if way == "quick":
        choice = dice.choice([name for name, hours in times.items() if hours[0] >= hours_ago] or list(times))
        earliest, latest = times[choice]
        return {
            "when_choice": choice,
            "earliest_at": told_at - timedelta(hours=earliest),
            "latest_at": told_at - timedelta(hours=latest),
        }
    if way == "words" and account.times:
        return {
            "when_words": dice.choice(
                ("Years ago, not sure of the year", "2011, spring", "When they were nine or ten")
            )
        }
    if way == "words":
        return {
            "when_words": dice.choice(
                ("After closing time", "Some time at the weekend", "Before it got light")
            )
        }
    return {}


def _person(teller: Teller, account: Account) -> dict[str, Any]:
    """How to call and reach them; often little."""
    dice = teller.dice
    given: dict[str, Any] = {"on_behalf": dice.choice(account.behalf)} if account.behalf else {}
    if dice.random() < 0.8:
        person = account.person or dice.choice(PERSONS)
        pronouns = PRONOUNS[person] if dice.random() < 0.7 else ""
        given |= {"call_me": dice.choice(teller.people["person"][person]), "pronouns": pronouns}
    if dice.random() < 0.6:
        given |= {
            "contact_phone": teller.phone(),
            "safe_ways": (dice.choice(("text", "phone_call", "messenger")),),
        }
    elif dice.random() < 0.3:
        name = (given.get("call_me") or "someone").lower()
        given |= {
            "contact_email": f"{name}{dice.randint(1, 999)}@mail.example.invalid",
            "safe_ways": ("email",),
        }
    if dice.random() < 0.4:
        given["contact_notes"] = dice.choice(teller.people["kept"]["contact_notes"])
    return given


def _ticks(dice: Random, account: Account) -> dict[str, Any]:
    """Under 18, danger now and red flags: what the template says, else asked most of the time and answered no."""
    flags = tuple(tick for tick in account.ticks if tick not in ("under_18", "danger"))
    return {
        "under_18": "yes"
        if "under_18" in account.ticks
        else dice.choice(("no", "no", "no", "dont_know", "")),
        "danger_now": "yes"
        if "danger" in account.ticks
        else dice.choice(("no", "no", "no", "dont_know", "")),
        "red_flags": flags,
    }


def _wishes(dice: Random, account: Account) -> dict[str, Any]:
    """Language, and whom they would rather speak to; asked about where it matters."""
    if not account.sexual:
        return {}
    return {
        "interpreter": account.interpreter,
        "officer_sex": dice.choice(("", "", "", "woman", "man", "either")),
        "adviser": dice.choice(("", "", "yes", "no")),
    }
