"""The words of closing: states, endings, answers, reasons against, what a supervisor looks at."""

from typing import Final

from django.utils.translation import gettext_lazy as _

STATE_WORDS: Final = {
    "open": (_("Nobody has it"), "yellow"),
    "with_soit": (_("With a specialist"), "blue"),
    "investigating": (_("Under investigation"), "blue"),
    "asked_to_close": (_("Waiting for a supervisor"), "yellow"),
    "sent_back": (_("Sent back by a supervisor"), "orange"),
    "closed": (_("Closed"), "grey"),
    "reopened": (_("Open again"), "orange"),
}
TURN_WORDS: Final = {
    "soit": _("The specialist is next."),
    "supervisor": _("A supervisor is next."),
    "nobody": _("Nobody is next. It can be opened again at any time."),
}
ENDING_WORDS: Final = {
    "outcome": (_("The investigation has an outcome"), _("A charge, a decision, or everything reasonable was done.")),
    "without_crime": (_("Close it without a crime"), _("It is kept as an N100. A supervisor looks at every one.")),
    "no_referral": (
        _("The person wants no specialist, SARC or adviser"),
        _("Their own words, after all of it was offered. A supervisor looks at every one."),
    ),
    "withdrawal": (
        _("The person does not want the police to go on"),
        _("Their own words, after support was offered. A supervisor looks at every one."),
    ),
    "lost_contact": (
        _("We can’t reach the person"),
        _("It is not a withdrawal. The contact log is counted. A supervisor looks at every one."),
    ),
}  # fmt: skip
VERDICT_WORDS: Final = {
    "approved": _("Closed by a supervisor"),
    "sent_back": _("Sent back"),
    "taken_back": _("Taken back by whoever asked"),
    "not_needed": _("Closed; this outcome needs no look"),
    "": _("Waiting for a supervisor"),
}
HOW_WORDS: Final = {
    "in_person": _("In person"),
    "phone": _("By phone"),
    "video": _("By video"),
    "message": _("In a message or a letter"),
    "not_reached": _("They have not answered"),
}
SAID_BY_WORDS: Final = {
    "person": _("The person themself"),
    "interpreter": _("The person, through an interpreter"),
    "speaks_for": _("Somebody who speaks for them by law, such as a parent of a child"),
    "somebody_else": _("Somebody else"),
}
PRESENT_WORDS: Final = {
    "alone": _("Nobody: they were alone"),
    "others": _("Somebody else was there"),
    "not_known": _("Not known"),
}
UNASKED_WORDS: Final = {"yes": _("Yes, nobody had asked"), "no": _("No, they were asked")}
SUPPORT_WORDS: Final = {
    "before": _("Yes, before they said this"),
    "after": _("Yes, after they had said it"),
    "not_offered": _("No"),
}
SUSPECT_WORDS: Final = {"yes": _("Yes"), "no": _("No, nobody is identified")}
AGAINST_WORDS: Final = {
    "not_handed_over": _("A specialist is called, on the way or with the person"),
    "not_recorded": _("It is not recorded yet: neither a crime nor an N100"),
    "recorded_as_crime": _("It is recorded as a crime"),
    "offers_owed": _("Support is not offered yet"),
    "clock_runs": _("An examination is still possible"),
    "duties_owed": _("Something is owed. It stays owed after closing"),
    "specimens_held": _("Specimens or objects are held. Say who looks after them"),
    "wants_police": _("Their wishes say that they want the police to act. Ask what has changed"),
    "suspect_known": _("Something is known of whoever did it. Other reports may be about the same person"),
    "flags_proposed": _("Proposed flags wait for a decision"),
    "flags_due": _("Flags are due to be looked at again"),
}
AGAINST_PAGES: Final = {
    "not_recorded": "recording", "recorded_as_crime": "recording", "flags_proposed": "flags", "flags_due": "flags",
    "clock_runs": "clock", "suspect_known": "particulars", "wants_police": "wishes",
}  # fmt: skip
AGAINST_PLACES: Final = {
    "offers_owed": "#duties-title",
    "duties_owed": "#duties-title",
}
CONCERN_WORDS: Final = {
    "others_present": _("Somebody else was there when it was said. Was the person asked again, alone?"),
    "presence_not_known": _("It is not known who was there."),
    "somebody_else_said_it": _("Somebody else said it. What does the person want?"),
    "through_an_interpreter": _("It was said through an interpreter. Was it one whom the person chose?"),
    "by_message": _("It came in a message. Is it sure that the person wrote it, freely?"),
    "asked_by_officer": _("The officer asked whether they want to stop. Why?"),
    "support_only_after": _("Support was offered only after they had said it."),
    "within_a_week": _("It was said within a week of the report."),
    "wants_police": _("Their wishes say that they want the police to act. Was it asked what has changed?"),
    "suspect_known": _(
        "Something is known of whoever did it, and the form does not say that a suspect is known."
    ),
    "examination_runs": _("An examination is still possible. Does the person know?"),
    "tries_beside_log": _(
        "Some of the tries are not in the contact log. Look them up where the form says they are."
    ),
}
