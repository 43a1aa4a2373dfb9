"""Words of the series desk: states, answers, why two reports stand side by side, bands, what would settle it."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: Final = {
    "waiting": (_("Nobody has answered"), "blue"),
    "one_in": (_("Waits for a second analyst"), "blue"),
    "disagreed": (_("Waits for a third analyst"), "orange"),
    "need_more": (_("More was asked for"), "yellow"),
    "linked": (_("Linked"), "green"),
    "not_linked": (_("Not linked"), "grey"),
    "unlinked": (_("Linked once, no longer"), "grey"),
    "gone": (_("One of the reports does not stand"), "grey"),
}
WAITS_FOR_ANOTHER: Final = (_("Waits for another analyst"), "grey")
ANSWERS: Final = {
    "linked": _("The same man"),
    "not_linked": _("Not the same man"),
    "need_more": _("More is needed"),
}
WHY: Final = {
    "arrival": _("A report came in, or was corrected"),
    "death": _("A death was entered: its likeliest relatives are always shown"),
    "rerank": _("A later report made these two more alike"),
    "batch": _("The whole database was compared"),
}
KINDS: Final = {
    "disclosure": _("Disclosure"),
    "death": _("Unexplained death"),
    "information": _("Information"),
}
VIEWS: Final = {
    "owed": _("All that wait"),
    "my_answer": _("For my answer"),
    "mine": _("Mine"),
    "nobodys": _("Nobody’s"),
    "overdue": pgettext_lazy("candidates", "Overdue"),
    "waits": _("Answered by me"),
    "need_more": _("More asked for"),
    "linked": _("Linked"),
    "not_linked": _("Not linked"),
    "over": _("No longer"),
}
MOVES: Final = {
    "answer": _("The first analyst answered"),
    "link": _("Decided: the same man"),
    "do_not_link": _("Decided: not the same man"),
    "ask_for_more": _("Decided: more is needed"),
    "disagree": _("The second analyst answered; the two do not agree"),
    "look_again": _("Looked at again"),
    "unlink": _("Unlinked"),
    "reopen": _("Came back: what is known has changed"),
    "withdraw": _("One of the reports does not stand any more"),
}
RAISED: Final = _("Put side by side")
# How much one piece of evidence says; and how likely a pair is, among all reports that are held.
BANDS: Final = {
    "weak": pgettext_lazy("evidence", "Weak"),
    "fair": pgettext_lazy("evidence", "Fair"),
    "strong": pgettext_lazy("evidence", "Strong"),
}
TONES: Final = {"weak": "grey", "fair": "blue", "strong": "purple"}
INCIDENT: Final = {
    "possible": _("Both may tell of one incident."),
    "likely": _("Both probably tell of one incident."),
}
# What would settle it, by what a comparison is about. Ethnicity is never asked for.
QUESTIONS: Final = {
    "phone": _("Ask for the phone’s last four digits."),
    "account": _("Ask for the name of his account, letter by letter."),
    "app": _("Ask on which app or site it was."),
    "email": _("Ask whether he ever gave an e-mail address."),
    "name": _("Ask which name he went by."),
    "vehicle": _("Ask whether there was a car, and any part of its plate."),
    "age": _("Ask how old he seemed, as a range."),
    "height": _("Ask how tall he was beside them."),
    "build": _("Ask how he was built."),
    "hair": _("Ask what his hair was like."),
    "tattoo": _("Ask whether he had marks or tattoos, and where."),
    "place": _("Ask where it was, as near as they can say."),
    "time": _("Ask on which day it was, or between which days."),
    "drug": _("Ask the SOIT of the case what is known of substances he brought. Never from the shield."),
    "delivery": _("Ask how it was given to them."),
    "venue": _("Ask whose place it was."),
    "did": _("Ask what he did before and after, without naming anything."),
}
OTHER_QUESTION: Final = ("other", _("Something else: say what in your grounds."))
UNKNOWN: Final = {
    "phone": _("His phone number"),
    "account": _("His account"),
    "app": _("The app or site"),
    "email": _("His e-mail address"),
    "name": _("The name he went by"),
    "vehicle": _("His car"),
    "age": _("His age"),
    "height": _("His height"),
    "build": _("How he is built"),
    "ethnicity": _("How he looked to them"),
    "hair": _("His hair"),
    "tattoo": _("His marks or tattoos"),
    "place": _("Where it was"),
    "time": _("When it was"),
    "drug": _("Which substance"),
    "delivery": _("How it was given"),
    "venue": _("What kind of place it was"),
    "did": _("What he did before and after"),
}
