"""What each kind of journal line about a case says on its timeline: a group, a sentence, and its codes in words.

Every kind whose subject is a disclosure stands in SENTENCES or in NOT_HERE (tests/desks/test_timeline_words.py). A sentence
holds codes and counts only, as the line does: what was said stands on the pages that open it.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desks.caseroom import codes_timeline as code
from nightdesk.desks.caseroom.sentence_timeline import (
    CONTACT,
    DUTY,
    ENDING,
    EVIDENCE,
    FILES,
    FLAGS,
    OWNER,
    PAGING,
    PARTICULARS,
    READING,
    SHARING,
    SHIELD,
    TOLD,
    Sentence,
)
from nightdesk.desks.caseroom.words_timeline_room import ROOM

GROUPS: Final = {
    TOLD: gettext_lazy("What was told"),
    OWNER: gettext_lazy("Who has it"),
    PAGING: gettext_lazy("Paging"),
    DUTY: gettext_lazy("Duties and recording"),
    EVIDENCE: gettext_lazy("Evidence"),
    FLAGS: gettext_lazy("Flags"),
    CONTACT: gettext_lazy("Contact and tasks"),
    PARTICULARS: gettext_lazy("People, objects, places and events"),
    FILES: gettext_lazy("Attachments"),
    SHARING: gettext_lazy("Sharing"),
    ENDING: gettext_lazy("How it ends"),
    SHIELD: gettext_lazy("Shield"),
    READING: gettext_lazy("Who looked"),
}
# What a kind begins with, or its group → the page that says more, by its name; its address takes the reference.
MORE: Final = {
    "clock_": ("clock", gettext_lazy("Evidence clock")),
    "kit_": ("kit", gettext_lazy("Early evidence kit")),
    "task_": ("case_tasks", gettext_lazy("Tasks of this case")),
    "related_": ("related_offences", gettext_lazy("Further offences")),
    PAGING: ("page_history", gettext_lazy("Who was told, when and how")),
    FLAGS: ("flags", gettext_lazy("Flags")),
    CONTACT: ("contact_log", gettext_lazy("Contact with the person")),
    PARTICULARS: ("particulars", gettext_lazy("People, objects, places and events")),
    FILES: ("attachments", gettext_lazy("Attachments")),
    SHARING: ("sharing", gettext_lazy("Sharing")),
    ENDING: ("closing", gettext_lazy("How it ends")),
    SHIELD: ("shield", gettext_lazy("Shield")),
}

SENTENCES: Final[Mapping[str, Sentence]] = {
    # what was told
    "disclosure_taken": Sentence(TOLD, gettext_lazy("Somebody began to tell: %(channel)s"), {"channel": code.channel}),
    "basics_recorded": Sentence(TOLD, gettext_lazy("Version %(number)s of the basics was kept")),
    "disclosure_accepted": Sentence(TOLD, gettext_lazy("The basics were sent on")),
    "triage_recorded": Sentence(TOLD, gettext_lazy("Triage proposed: %(proposed)s"), {"proposed": code.labels}),
    "proposal_overridden": Sentence(
        TOLD, gettext_lazy("%(label)s: a person set it to “%(level)s”"), {"label": code.labels, "level": code.level}
    ),
    "person_left": Sentence(TOLD, gettext_lazy("The person left")),
    # who has it
    "case_opened": Sentence(OWNER, gettext_lazy("The case was opened")),
    "case_taken_on": Sentence(OWNER, gettext_lazy("%(owner)s has the case from now on")),
    "case_released": Sentence(OWNER, gettext_lazy("%(owner)s does not have the case any more")),
    "case_offered": Sentence(OWNER, gettext_lazy("%(to)s was asked to take the case over")),
    "case_reassigned": Sentence(
        OWNER, gettext_lazy("A supervisor gave the case away. Asked: %(to)s"), {"to": code.or_on_duty}
    ),
    "away_noted": Sentence(OWNER, gettext_lazy("The owner is away. Supervisors told: %(told)s")),
    "away_seen": Sentence(
        OWNER, gettext_lazy("A supervisor saw that the owner is away: %(done)s %(to)s"), {"done": code.away_done}
    ),
    "notice_told": Sentence(
        OWNER, gettext_lazy("Told: %(notice)s (%(level)s)"),
        {"notice": code.notice, "level": code.notice_level},
    ),
    # paging
    "referral_made": Sentence(
        PAGING, gettext_lazy("A specialist was asked for: %(because)s"), {"because": code.labels}
    ),
    "referral_paged": Sentence(PAGING, gettext_lazy("%(layer)s: %(told)s told"), {"layer": code.layer}),
    "referral_acknowledged": Sentence(PAGING, gettext_lazy("The call-out was answered")),
    "referral_moved": Sentence(PAGING, gettext_lazy("The call-out: %(move)s"), {"move": code.referral_move}),
    "referral_reminded": Sentence(
        PAGING, gettext_lazy("On the way and not there: asked for the %(number)s. time, %(told)s told")
    ),
    "move_refused": Sentence(PAGING, gettext_lazy("Not possible at that moment: %(move)s"), {"move": code.referral_move}),
    "message_sent": Sentence(PAGING, gettext_lazy("A message left: %(channel)s"), {"channel": code.way}),
    "message_failed": Sentence(
        PAGING, gettext_lazy("A message could not leave: %(channel)s (%(fault)s)"),
        {"channel": code.way, "fault": code.fault},
    ),
    "call_out_displayed": Sentence(PAGING, gettext_lazy("A call-out was shown on a screen")),
    "receipt_noted": Sentence(
        PAGING, gettext_lazy("What became of a message (%(channel)s): %(receipt)s"),
        {"channel": code.way, "receipt": code.receipt},
    ),
    # duties
    "duty_moved": Sentence(
        DUTY, gettext_lazy("%(duty)s: %(move)s"), {"duty": code.duty, "move": code.duty_move}
    ),
    "key_event_noted": Sentence(DUTY, gettext_lazy("Noted: %(event)s"), {"event": code.key_event}),
    "crime_recorded": Sentence(
        DUTY, gettext_lazy("Recorded, entry %(number)s: %(recorded_as)s"), {"recorded_as": code.recorded_as}
    ),
    # evidence
    "clock_started": Sentence(EVIDENCE, gettext_lazy("The evidence clock was computed, with %(windows)s windows")),
    "clock_facts_noted": Sentence(EVIDENCE, gettext_lazy("Something became better known for the evidence clock")),
    "kit_opened": Sentence(EVIDENCE, gettext_lazy("Early evidence kit %(kit)s was opened")),
    "kit_step_noted": Sentence(
        EVIDENCE, gettext_lazy("Kit %(kit)s, a step: %(outcome)s"), {"outcome": code.kit_outcome}
    ),
    "kit_closed": Sentence(
        EVIDENCE, gettext_lazy("Kit %(kit)s was closed: %(done)s done, %(declined)s declined, %(not_possible)s not possible")
    ),
    "kit_card_made": Sentence(EVIDENCE, gettext_lazy("A card was made for the person of kit %(kit)s")),
    "exhibit_entered": Sentence(EVIDENCE, gettext_lazy("Exhibit %(exhibit)s was entered")),
    "exhibit_corrected": Sentence(EVIDENCE, gettext_lazy("Exhibit %(exhibit)s was corrected")),
    "custody_noted": Sentence(EVIDENCE, gettext_lazy("Exhibit %(exhibit)s: %(what)s"), {"what": code.custody}),
    "hand_over_offered": Sentence(EVIDENCE, gettext_lazy("Exhibit %(exhibit)s is being handed to a colleague")),
    "hand_over_answered": Sentence(
        EVIDENCE, gettext_lazy("Exhibit %(exhibit)s, the colleague: %(accepted)s"), {"accepted": code.accepted}
    ),
    "destruction_asked": Sentence(EVIDENCE, gettext_lazy("Somebody asked to destroy exhibit %(exhibit)s")),
    "destruction_decided": Sentence(
        EVIDENCE, gettext_lazy("The destruction of exhibit %(exhibit)s: %(allowed)s"), {"allowed": code.allowed}
    ),
    "hold_set": Sentence(EVIDENCE, gettext_lazy("A legal hold was placed: nothing is destroyed")),
    "hold_lifted": Sentence(EVIDENCE, gettext_lazy("The legal hold was lifted")),
    # flags
    "flags_proposed": Sentence(FLAGS, gettext_lazy("Proposed: %(flags)s"), {"flags": code.flags}),
    "flag_raised": Sentence(FLAGS, gettext_lazy("%(flag)s: a person raised it"), {"flag": code.flags}),
    "flag_moved": Sentence(
        FLAGS, gettext_lazy("%(flag)s: %(move)s"), {"flag": code.flags, "move": code.flag_move}
    ),
    "flag_told": Sentence(
        FLAGS, gettext_lazy("%(flag)s, %(audience)s: %(told)s"),
        {"flag": code.flags, "audience": code.audience, "told": code.was_told},
    ),
    # the shield: that it was opened, and nothing else
    "shield_opened": Sentence(SHIELD, gettext_lazy("The shield was opened")),
    **ROOM,
    # who looked
    "record_read": Sentence(READING, gettext_lazy("Looked at: %(what)s %(reason)s"),
                            {"what": code.looked_at, "reason": code.reason}),
    "access_refused": Sentence(READING, gettext_lazy("Was refused: %(what)s"), {"what": code.looked_at}),
}  # fmt: skip

# About a case, and not on its timeline: why.
NOT_HERE: Final[Mapping[str, str]] = {
    "shield_entered": "that something was sealed, when and how urgent, is said on the shield's own page only",
    "desk_question_passed_on": "a question about drugs is said on the shield's own pages only",
    **dict.fromkeys(("interest_asked", "interest_moved"), "the same"),
    "turned_away_received": "a report of being turned away has a number of its own, and pages of its own",
    **dict.fromkeys(("turned_away_moved", "turned_away_linked_in"), "the same"),
    "death_entered": "a death has a reference of its own, and pages of its own",
    "death_corrected": "the same",
    "linkage_destroyed": "nobody reads on a case what is compared",
}

QUIET: Final = (READING,)  # groups that are listed when they are asked for


def kinds_of(group: str, *, reads: bool) -> frozenset[str]:
    """The kinds of a group ("" is all that happened). Who looked is for whom `reads` is true, and only when asked for."""
    if group in QUIET and not reads:
        return frozenset()
    return frozenset(
        kind
        for kind, one in SENTENCES.items()
        if one.group == group or (not group and one.group not in QUIET)
    )


def more(kind: str) -> tuple[str, Any] | None:
    """The page that says more about a line of this kind, and its words; None for what the case itself shows."""
    begins = next((prefix for prefix in MORE if prefix.endswith("_") and kind.startswith(prefix)), "")
    return MORE.get(begins or SENTENCES[kind].group)


def of_nobody() -> str:
    """Who did what nobody did: the system itself."""
    return _("Nightdesk")
