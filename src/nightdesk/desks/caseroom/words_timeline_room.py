"""The timeline's sentences of what a case room does: contact, tasks, entries, files, sharing, endings, openings."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy

from nightdesk.desks.caseroom import codes_timeline as code
from nightdesk.desks.caseroom import codes_timeline_room as room
from nightdesk.desks.caseroom.sentence_timeline import (
    CONTACT,
    ENDING,
    FILES,
    PARTICULARS,
    READING,
    SHARING,
    Sentence,
)

ROOM: Final[Mapping[str, Sentence]] = {
    # contact and tasks
    "contact_begun": Sentence(CONTACT, gettext_lazy("A contact began: %(way)s"), {"way": room.contact_way}),
    "contact_noted": Sentence(
        CONTACT, gettext_lazy("A contact (%(way)s): %(outcome)s"),
        {"way": room.contact_way, "outcome": room.contact_outcome},
    ),
    "task_made": Sentence(CONTACT, gettext_lazy("A task was made: %(task)s"), {"task": room.task}),
    "task_moved": Sentence(
        CONTACT, gettext_lazy("Task, %(task)s: %(move)s"), {"task": room.task, "move": room.task_move}
    ),
    # people, objects, places, events; the plan and the wishes are kept as they are
    "particular_recorded": Sentence(
        PARTICULARS, gettext_lazy("%(particular)s %(role)s: version %(number)s was kept"),
        {"particular": room.particular, "role": room.role},
    ),
    "particular_withdrawn": Sentence(
        PARTICULARS, gettext_lazy("%(particular)s %(role)s: withdrawn"), {"particular": room.particular, "role": room.role}
    ),
    "particulars_linked": Sentence(
        PARTICULARS, gettext_lazy("Two entries were linked: %(link)s"), {"link": room.link}
    ),
    "particulars_unlinked": Sentence(
        PARTICULARS, gettext_lazy("A link was taken back: %(link)s"), {"link": room.link}
    ),
    # attachments
    "attachment_added": Sentence(
        FILES, gettext_lazy("Attachment %(number)s was added: %(attached)s"), {"attached": room.attached}
    ),
    "attachment_scanned": Sentence(
        FILES, gettext_lazy("Attachment %(number)s: %(outcome)s"), {"outcome": room.scan_outcome}
    ),
    "attachment_withdrawn": Sentence(
        FILES, gettext_lazy("Attachment %(number)s was withdrawn: %(because)s"), {"because": room.because}
    ),
    # sharing
    "recipient_added": Sentence(SHARING, gettext_lazy("Somebody it could be shared with was written down")),
    "consent_answered": Sentence(
        SHARING, gettext_lazy("The person was asked what may be shared: yes to %(yes)s, no to %(no)s")
    ),
    "consent_withdrawn": Sentence(
        SHARING, gettext_lazy("The person took a consent back. Packs to stop: %(stops)s")
    ),
    "sharing_decided": Sentence(
        SHARING, gettext_lazy("A supervisor decided to share without consent: %(ground)s"), {"ground": room.share_ground}
    ),
    "passing_on_begun": Sentence(
        SHARING, gettext_lazy("Passing on was offered: %(answer)s"), {"answer": room.answer}
    ),
    "passing_on_moved": Sentence(SHARING, gettext_lazy("Passing on: %(move)s"), {"move": room.passing_move}),
    "pack_made": Sentence(SHARING, gettext_lazy("Pack %(code)s was made")),
    "pack_moved": Sentence(SHARING, gettext_lazy("Pack %(code)s: %(move)s"), {"move": room.pack_move}),
    # how it ends
    "case_moved": Sentence(ENDING, gettext_lazy("The case: %(state)s"), {"state": room.case_state}),
    "closing_asked": Sentence(
        ENDING, gettext_lazy("Closing was asked for: %(ending)s"), {"ending": room.ending}
    ),
    "closing_decided": Sentence(
        ENDING, gettext_lazy("Closing: %(verdict)s"), {"verdict": room.verdict}
    ),
    "case_closed": Sentence(ENDING, gettext_lazy("The case was closed: %(outcome)s"), {"outcome": room.outcome}),
    "outcome_corrected": Sentence(
        ENDING, gettext_lazy("The outcome was corrected: %(outcome)s"), {"outcome": room.outcome}
    ),
    "case_reopened": Sentence(
        ENDING, gettext_lazy("The case was opened again: %(ground)s"), {"ground": room.reopen_ground}
    ),
    "related_offence_added": Sentence(
        ENDING, gettext_lazy("A further offence was recorded: %(offence_class)s"), {"offence_class": room.related}
    ),
    "related_offence_ended": Sentence(
        ENDING, gettext_lazy("A further offence was withdrawn: %(offence_class)s"), {"offence_class": room.related}
    ),
    # who looked, and took something along
    "other_case_opened": Sentence(
        READING, gettext_lazy("Somebody gave a reason to open this case %(reason)s"), {"reason": code.reason}
    ),
    "opening_moved": Sentence(
        READING, gettext_lazy("An opening of this case: %(move)s"), {"move": room.opening_move}
    ),
    "attachment_downloaded": Sentence(READING, gettext_lazy("Attachment %(number)s was downloaded")),
    "pack_given_out": Sentence(READING, gettext_lazy("Pack %(code)s was downloaded")),
}  # fmt: skip
