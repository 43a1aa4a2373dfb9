"""What the list of *when* offers: the pack's quick answers, each with the times it stands for, and three answers more."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nightdesk.outside.current import pack
from nightdesk.rules.pack_answers import QuickTime
from nightdesk.rules.quick_time import quick_range

OTHER_TIMES = (
    ("exact", _("At or between the times below")),
    ("dont_know", _("I don’t know")),
    ("rather_not", _("I’d rather not say")),
)


def times_offered(told_at: datetime) -> list[tuple[str, str]]:
    """The choices in the language of the page, in the order of the pack; quick answers count from `told_at`."""
    return [("", "–"), *((one.id, _worded(one, told_at)) for one in pack().times), *OTHER_TIMES]


def times_meant(choice_id: str, told_at: datetime) -> tuple[datetime | None, datetime | None]:
    """(earliest_at, latest_at) of a quick answer in UTC, in the desk's zone; nothing for what is no quick answer."""
    choice = pack().times.get(choice_id)
    return quick_range(choice, told_at, timezone.get_current_timezone()) if choice else (None, None)


def _worded(choice: QuickTime, told_at: datetime) -> str:
    """“Last night · Sat 21 Nov 18:00 – Sun 22 Nov 02:00”: nobody has to work out which night is meant."""
    words = choice.text_in(get_language() or "en")
    if not choice.earliest_local:
        return words
    times = quick_range(choice, told_at, timezone.get_current_timezone())
    return f"{words} · {' – '.join(_shown(moment) for moment in times if moment)}"


def _shown(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{date_format(local, 'D j M')} {local:%H:%M}"
