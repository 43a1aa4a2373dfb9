"""A page with every component and control, for the tests and for looking at. Everything here is invented."""

from datetime import UTC, datetime

from django import forms

from nightdesk.desks.furniture.fields import DayField, MomentField
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import (
    Checkbox,
    Checkboxes,
    EmailInput,
    PasswordInput,
    PhoneInput,
    Radios,
    Select,
    Textarea,
    TextInput,
)

AT = datetime(2026, 11, 22, 2, 4, tzinfo=UTC)
WHEN = [("exact", "At one time"), ("between", "Between two times"), ("unknown", "I don't know")]
REVEALED = ("at", "since", "until")


class GalleryForm(DeskForm):
    """One field for each control."""

    what = forms.CharField(
        label="What happened, in their own words",
        help_text="One word is enough to go on.",
        widget=Textarea(label_size="m", rows=4, count=4000, threshold=75),
    )
    when = forms.ChoiceField(
        label="When",
        choices=WHEN,
        widget=Radios(
            label_size="m",
            reveals={"exact": ("at",), "between": ("since", "until")},
            divider_before="unknown",
        ),
    )
    at = MomentField(label="Date and time", required=False)
    since = MomentField(label="Earliest", required=False)
    until = MomentField(label="Latest", required=False, end="latest")
    place = forms.CharField(
        label="Where", help_text="Address, venue or app.", widget=TextInput(width="two-thirds")
    )
    born = DayField(label="Date of birth", required=False, help_text="Only if they say it.")
    wishes = forms.MultipleChoiceField(
        label="Wishes",
        choices=[("woman", "A woman officer"), ("man", "A man officer"), ("adviser", "An LGBT+ adviser")],
        required=False,
        widget=Checkboxes(hints={"adviser": "Someone trained who can sit with them."}, small=True),
    )
    danger = forms.ChoiceField(
        label="In danger now?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=Radios(inline=True),
        help_text="Ask.",
    )
    read_back = forms.BooleanField(label="Read back to them", required=False, widget=Checkbox())
    station = forms.ChoiceField(
        label="Station", choices=[("a", "Aldermere"), ("b", "Brackhaven")], widget=Select()
    )
    mail = forms.EmailField(label="Safe e-mail", required=False, widget=EmailInput())
    phone = forms.CharField(label="Safe phone", required=False, widget=PhoneInput(width=20))
    dose = forms.CharField(label="Amount", required=False, widget=TextInput(width=5, suffix="ml"))
    pin = forms.CharField(label="PIN", required=False, widget=PasswordInput(width=10))
    token = forms.CharField(required=False, widget=forms.HiddenInput)


def clock(label, left, tone, percent, sure, detail=""):
    """One evidence clock as a page gives it."""
    return {"label": label, "left": left, "tone": tone, "percent": percent, "sure": sure, "detail": detail}


CLOCKS = [
    clock(
        "Mouth swab", "5 hours left", "closing", 12, 4, "Do it before they eat, drink or brush their teeth."
    ),
    clock("Blood for drugs", "1 day 4 hours left", "soon", 45, 30),
    clock(
        "Urine for drugs",
        "3 days 2 hours left",
        "open",
        82,
        70,
        "First urine is best. Keep it even if unsure.",
    ),
    clock("Under the nails", "Closed 3 hours ago", "closed", 0, 0),
    clock("CCTV of the venue", "", "unknown", 100, 0, "Ask the venue tonight: many keep 7 days."),
]
PEOPLE = [
    {"who": "Amara Okoye", "state": "silent", "at": AT, "detail": "SOIT, Aldermere"},
    {"who": "Tomasz Wilk", "state": "told", "at": AT, "detail": "SOIT, Aldermere"},
    {"who": "Priya Raman", "state": "waiting", "detail": "Duty DI"},
]
WORDS = "We took G at a party. I woke up and he was on top of me.\nI did not want that."


TASK = {
    "title": "Early evidence kit",
    "href": "/kit/",
    "hint": "Ten minutes",
    "status": "To do",
    "status_tag": "blue",
}


PIECES = {
    "revealed": REVEALED,
    "clocks": CLOCKS,
    "words": WORDS,
    "marks": [
        {"start": 8, "end": 9, "label": "GHB or GBL, by its short name"},
        {"start": 22, "end": 55, "label": "Woke to a sexual act"},
    ],
    "events": [
        {
            "title": "Disclosure taken",
            "byline": "Sam Holt",
            "at": AT,
            "text": "At the counter, Aldermere.",
        },
        {"title": "Specialist told", "at": AT},
    ],
    "head": ["Specimen", {"text": "Hours", "numeric": True}],
    "rows": [["Urine", {"text": "120", "numeric": True}], ["Blood", {"text": "72", "numeric": True}]],
    "people": PEOPLE,
    "lines": [
        "You are not in trouble for anything you took.",
        "I believe this is serious. I will not leave you alone.",
    ],
    "never": ["Why did you go there?"],
    "tasks": [
        {
            "title": "Early evidence kit",
            "href": "/kit/",
            "hint": "Takes 10 minutes",
            "status": "To do",
            "status_tag": "blue",
        },
        {"title": "Adviser told", "status": "Done"},
    ],
    "summary": [
        {
            "key": "Call them",
            "value": "Jo",
            "actions": [{"href": "/change/", "text": "Change", "about": "name"}],
        },
        {"key": "Where", "value": "A flat, address not known"},
    ],
    "aside": "Nothing said here is used against the person for their own drug use.",
    "reference": "K7QF-2M9D",
    "colours": ["blue", "green", "purple", "red", "yellow", "grey"],
    "navigation": [("/", "Counter", True), ("/cases/", "Cases", False), ("/rota/", "Rota", False)],
    "reader": type("Reader", (), {"name": "Sam Holt"})(),
    "demo": True,
}


def context(form=None, **more):
    """What the gallery page is given."""
    return {**PIECES, "form": form or GalleryForm(), **more}
