"""The words of paging, for every desk that shows it: moves, reasons, faults and receipts."""

from typing import Final

from django.utils.translation import gettext_lazy

URGENCY: Final = {"now": gettext_lazy("Now"), "soon": gettext_lazy("As soon as you can")}
DONE_WORDS: Final = {
    "page": gettext_lazy("Told"),
    "acknowledge": gettext_lazy("Answered"),
    "set_off": gettext_lazy("On the way"),
    "arrive": gettext_lazy("With the person"),
    "hand_over": gettext_lazy("Handed over"),
    "remind": gettext_lazy("Not there yet: whoever set off was asked, others were told"),
    "decline": gettext_lazy("Could not take it"),
    "expire": gettext_lazy("The answer ran out: nobody had set off"),
    "offer": gettext_lazy("A colleague was asked to take it over"),
    "take_over": gettext_lazy("Taken over"),
    "turn_down": gettext_lazy("The colleague could not take it over"),
    "take_back": gettext_lazy("Kept after all"),
    "reassign": gettext_lazy("Reassigned by a supervisor"),
}
DECLINE_WORDS: Final = {
    "other_call": gettext_lazy("I am with another person"),
    "in_court": gettext_lazy("I am in court"),
    "too_far": gettext_lazy("I am too far away"),
    "knows_somebody": gettext_lazy("I know somebody in this"),
    "unwell": gettext_lazy("I am not well"),
    "off_duty": gettext_lazy("I am off duty"),
    "other": gettext_lazy("Another reason"),
}
FAULT_WORDS: Final = {
    "bad_address": gettext_lazy("there is no such address"),
    "not_delivered": gettext_lazy("there is no such number"),
    "no_answer": gettext_lazy("the provider did not answer"),
    "no_such_host": gettext_lazy("its address could not be found"),
    "server_fault": gettext_lazy("the provider had a fault"),
    "rate_limited": gettext_lazy("the provider asked us to wait"),
    "refused": gettext_lazy("the provider refused it"),
    "redirected": gettext_lazy("it was sent elsewhere, which is not followed"),
    "not_understood": gettext_lazy("the answer could not be understood"),
    "not_set_up": gettext_lazy("this channel is not set up"),
    "under_way": gettext_lazy("cut off while it was being sent"),
}
RECEIPT_WORDS: Final = {
    "delivered": gettext_lazy("delivered"),
    "permanent-failure": gettext_lazy("not delivered: no such number"),
    "temporary-failure": gettext_lazy("not delivered: the phone may be off"),
    "technical-failure": gettext_lazy("not delivered: a fault of the provider"),
    "sending": gettext_lazy("on its way"),
    "created": gettext_lazy("on its way"),
    "pending": gettext_lazy("on its way"),
}


def fault_words(code: str) -> str:
    """What a fault was, in words; what has none of its own could not leave."""
    return str(FAULT_WORDS.get(code) or gettext_lazy("it could not leave"))
