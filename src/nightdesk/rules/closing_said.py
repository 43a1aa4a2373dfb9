"""What must be said before a case is closed: by whom, how asked, in which words. Pure.

A person who stops answering has withdrawn nothing. A withdrawal is what the person said, themself, after support was offered
and after they were told that they can come back; in the first contact only when nobody asked them for it.

Source: London Victim Attrition Review 2025: withdrawals recorded without asking the victim (casework reference 4.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from nightdesk.rules.case import CaseRefused
from nightdesk.rules.closing import Standing, refuse_if_long
from nightdesk.rules.closing_tries import Beside, refuse_unless_tried_enough
from nightdesk.rules.pack_closing import (
    ENDINGS,
    LOST_CONTACT,
    NO_REFERRAL,
    WITHDRAWAL,
    WITHOUT_CRIME,
    Outcome,
)
from nightdesk.rules.recording import CRIME, N100

IN_PERSON, PHONE, VIDEO, MESSAGE, NOT_REACHED = "in_person", "phone", "video", "message", "not_reached"
HOW: Final = (IN_PERSON, PHONE, VIDEO, MESSAGE, NOT_REACHED)
REACHED: Final = HOW[:-1]
PERSON, INTERPRETER, SPEAKS_FOR, SOMEBODY_ELSE = "person", "interpreter", "speaks_for", "somebody_else"
SAID_BY: Final = (PERSON, INTERPRETER, SPEAKS_FOR, SOMEBODY_ELSE)
ALONE, OTHERS, NOT_KNOWN = "alone", "others", "not_known"
PRESENT: Final = (ALONE, OTHERS, NOT_KNOWN)
BEFORE, AFTER, NOT_OFFERED = "before", "after", "not_offered"
SUPPORT: Final = (BEFORE, AFTER, NOT_OFFERED)
YES, NO = "yes", "no"
IN_THEIR_WORDS: Final = (WITHOUT_CRIME, NO_REFERRAL, WITHDRAWAL)
THEIR_WISH: Final = (NO_REFERRAL, WITHDRAWAL)  # it ends because the person wants it to
LONGEST_NAME: Final = 200


@dataclass(frozen=True)
class Said:
    """What somebody writes down who asks to close a case. Codes as above; "" and None: not said. Days are local."""

    words: str = ""
    speaker: str = ""
    said_to: str = ""
    said_at: datetime | None = None
    how: str = ""
    present: str = ""
    present_who: str = ""
    unasked: str = ""
    support: str = ""
    told_back: bool = False
    told_kept: bool = False
    more_tries: int = 0  # those that are not in the contact log
    more_ways: tuple[str, ...] = ()
    more_first_on: date | None = None
    more_last_on: date | None = None
    more_where: str = ""
    suspect: str = ""
    prosecutors_on: date | None = None
    told: bool = False
    grounds: str = ""
    looked: bool = False  # at every reason against closing that does not block

    @property
    def beside(self) -> Beside:
        """The tries that are not in the log."""
        return Beside(
            self.more_tries, self.more_ways, self.more_first_on, self.more_last_on, self.more_where.strip()
        )


@dataclass(frozen=True)
class Times:
    """When the report was taken, now, and both days by the local clock."""

    opened_at: datetime
    at: datetime
    opened_on: date
    today: date


def refuse_if_incomplete(
    ending: str,
    outcome: Outcome | None,
    said: Said,
    *,
    standing: Standing,
    times: Times,
    limits: Mapping[str, int],
) -> None:
    """Raise CaseRefused for the first thing missing, naming the answer. `limits`: the pack's, id → amount."""
    if ending not in ENDINGS:
        raise CaseRefused("Choose how the case ends.")
    if ending in IN_THEIR_WORDS:
        _refuse_their_words(ending, said, times)
    if ending in THEIR_WISH:
        _refuse_their_wish(ending, said, times, limits)
    if ending == LOST_CONTACT:
        refuse_if_long(said.more_where, "more_where")
        refuse_unless_tried_enough(
            standing.tried, said.beside, opened_on=times.opened_on, today=times.today, limits=limits
        )
    if outcome is None or ending not in outcome.endings:
        raise CaseRefused("Choose the outcome.", "outcome")
    refuse_needs(outcome, said, recorded=standing.recorded, times=times)


def _refuse_their_words(ending: str, said: Said, times: Times) -> None:
    if said.how not in HOW:
        raise CaseRefused("Choose how they were asked.", "how")
    if said.how == NOT_REACHED:
        raise CaseRefused(
            "Somebody who does not answer has not said anything. Choose “we can’t reach the person” instead.", "how"
        )  # fmt: skip
    if not said.words.strip():
        raise CaseRefused("Write down the words that were used, as they were said.", "words")
    refuse_if_long(said.words, "words")
    if said.speaker not in SAID_BY:
        raise CaseRefused("Choose who said it.", "speaker")
    if said.speaker == SOMEBODY_ELSE and ending != WITHOUT_CRIME:
        raise CaseRefused(
            "Ask the person themself, in a way that is safe. Nobody else says this for them.", "speaker"
        )
    if not said.said_to.strip() or len(said.said_to) > LONGEST_NAME:
        raise CaseRefused("Say to whom it was said: a name and what they are.", "said_to")
    if said.present not in PRESENT or (said.present == OTHERS and not said.present_who.strip()):
        raise CaseRefused("Say whether they were alone, and if not, who else was there.", "present")
    if said.said_at is None or not times.opened_at - timedelta(minutes=1) <= said.said_at <= times.at:
        raise CaseRefused("Enter when it was said: not before the report, not in the future.", "said_at")


def _refuse_their_wish(ending: str, said: Said, times: Times, limits: Mapping[str, int]) -> None:
    if said.unasked not in (YES, NO):
        raise CaseRefused("Say whether the person brought it up themself.", "unasked")
    if ending == WITHDRAWAL and said.unasked == NO and is_first_contact(said, times, limits):
        raise CaseRefused(
            "In the first contact nobody is asked whether they want to stop. Go on helping, and ask nothing about it now. "
            "It is kept only if the person said it unasked.", "unasked",
        )  # fmt: skip
    if said.support not in (BEFORE, AFTER):
        raise CaseRefused(
            "Offer support first: the SARC, an ISVA, a partner. Then come back to this page.", "support"
        )
    if not said.told_back:
        raise CaseRefused("Tell the person first that they can come back at any time.", "told_back")
    if not said.told_kept:
        raise CaseRefused("Tell the person first what can be kept, and for how long.", "told_kept")


def is_first_contact(said: Said, times: Times, limits: Mapping[str, int]) -> bool:
    """Whether it was said within the hours after the report that count as the first contact."""
    return said.said_at is not None and said.said_at < times.opened_at + timedelta(
        hours=limits["first_contact_hours"]
    )


def refuse_needs(outcome: Outcome, said: Said, *, recorded: str, times: Times) -> None:
    """Raise CaseRefused for the first thing that this outcome needs and that is not there."""
    missing = {
        "crime": (recorded == CRIME, "This outcome is of a recorded crime. Record the crime first.", "outcome"),
        "no_crime": (recorded == N100, "This is for a report kept as an N100. Choose an outcome of a crime.", "outcome"),
        "suspect": (said.suspect == YES, "This outcome needs a suspect who is known.", "suspect"),
        "no_suspect": (said.suspect == NO, "This outcome is for when nobody is known. Choose another.", "suspect"),
        "prosecutors": (
            said.prosecutors_on is not None and said.prosecutors_on <= times.today,
            "Enter the day on which the prosecutors decided.", "prosecutors_on",
        ),
        "told": (said.told, "Tell the person first, in the way that is safe for them.", "told"),
        "grounds": (bool(said.grounds.strip()), "Write the grounds, so that somebody else can follow them.", "grounds"),
    }  # fmt: skip
    for need in outcome.needs:
        there, sentence, about = missing[need]
        if not there:
            raise CaseRefused(sentence, about)
    refuse_if_long(said.grounds, "grounds")
