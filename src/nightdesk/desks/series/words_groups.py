"""Words of the groups to look at: views, how strong a group is in a sentence, what was decided."""

from typing import Final

from django.utils.translation import gettext_lazy as _

VIEWS: Final = {
    "open": _("To look at"),
    "raised": _("Made candidates"),
    "aside": _("Set aside"),
}
# By the average of all pairs: whoever is in a group is strongly linked to somebody in it.
STRENGTHS: Final = {
    "strong": _("Any two of its reports are likely about one man."),
    "fair": _("Each report is strongly linked to another; any two of them have something in common."),
    "weak": _("Each report is strongly linked to another, but many of its pairs have little in common."),
}
EMPTY: Final = {
    "open": (
        _("There is no group to look at."),
        _("When the whole database is compared, reports that may all be about one man appear here together."),
    ),
    "raised": (
        _("No group was made candidates."),
        _("Open a group and make its pairs candidates: two analysts then answer about each."),
    ),
    "aside": (
        _("No group was set aside."),
        _("A group that is set aside stays here with its reason, until another report joins it."),
    ),
}
DECISIONS: Final = {
    "raised": (_("Its pairs are candidates"), "blue"),
    "aside": (_("Set aside"), "grey"),
}
SWITCHED_OFF: Final = _(
    "This was compared with ethnicity, which the force has switched off. Wait for the next comparison."
)
