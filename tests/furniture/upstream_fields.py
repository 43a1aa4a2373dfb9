"""Form fields for upstream's options, drawn by our renderer (see upstream.py)."""

from django import forms

from nightdesk.desks.furniture.fields import DayField
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import (
    Checkboxes,
    DateParts,
    PasswordInput,
    Radios,
    Select,
    Textarea,
    TextInput,
)
from tests.furniture.upstream import only, wording

FIELD = ("name", "id", "label", "hint", "errorMessage", "classes", "attributes", "value")
GROUP = ("name", "idPrefix", "fieldset", "hint", "errorMessage", "items", "value", "values")


def drawn(o, make_field, id_, value=None, data=None):
    """The field group as our renderer draws it, with upstream's error put on it."""
    form_class = type("UpstreamForm", (DeskForm,), {id_: make_field})
    error = o.get("errorMessage")
    form = (
        form_class(data or {id_: value}, auto_id="%s")
        if error
        else form_class(initial={id_: value}, auto_id="%s")
    )
    if error:
        form.is_valid()
        form.errors.clear()
        form.add_error(id_, wording(error))
    return form[id_].as_field_group()


def sized(words, prefix):
    """Label or legend options as ours; None when it has options we do not offer."""
    if not words or not only(words, "text", "html", "classes", "isPageHeading"):
        return None
    classes = words.get("classes", "")
    if classes and not classes.startswith(prefix):
        return None
    return {"label_size": classes.removeprefix(prefix), "heading": words.get("isPageHeading", False)}


def messages_offered(o):
    """Hints and errors are plain text or HTML."""
    return all(only(o.get(key) or {}, "text", "html") for key in ("hint", "errorMessage"))


def control(o, widget_class, offered, attrs=(), **given):
    """A text-like control, or None when an option is not offered."""
    size = sized(o.get("label"), "govuk-label--")
    if not only(o, *FIELD, *offered, *attrs) or size is None or not messages_offered(o):
        return None
    plain = {key: str(o[key]).lower() if isinstance(o[key], bool) else o[key] for key in attrs if key in o}
    extra = {"class": o.get("classes", ""), **(o.get("attributes") or {}), **plain}
    widget = widget_class(extra, **size, **given)
    words = {"label": wording(o["label"]), "help_text": wording(o.get("hint") or {})}
    field = forms.CharField(required=False, widget=widget, disabled=o.get("disabled", False), **words)
    return drawn(o, field, o.get("id") or o["name"], o.get("value"))


def input_(o):
    """Text, e-mail, telephone: the type is the widget's."""
    if not all(only(o.get(key) or {}, "text", "html") for key in ("prefix", "suffix")):
        return None
    given = {key: wording(o.get(key) or {}) for key in ("prefix", "suffix")}
    attrs = ("type", "inputmode", "pattern", "autocomplete", "spellcheck", "autocapitalize")
    kind = type("Typed", (TextInput,), {"input_type": o.get("type", "text")})
    return control(
        {key: value for key, value in o.items() if key != "type"},
        kind,
        ("prefix", "suffix", "disabled"),
        attrs,
        autocomplete=None,
        spellcheck=None,
        **given,
    )


def textarea(o):
    """Rows and the usual."""
    given = {"autocomplete": None, "spellcheck": None}
    return control(o, Textarea, (), ("rows", "autocomplete", "spellcheck"), **given)


def character_count(o):
    """Characters, not words; the sentences are our own translations."""
    if not o.get("maxlength") or o.get("countType") or "maxlength" in (o.get("attributes") or {}):
        return None
    given = {
        "count": o["maxlength"],
        "threshold": o.get("threshold", 0),
        "autocomplete": None,
        "spellcheck": None,
    }
    return control(o, Textarea, ("maxlength", "threshold"), ("rows", "spellcheck"), **given)


def password_input(o):
    """The value is never drawn; the Show sentences are our own translations."""
    if o.get("value"):
        return None
    return (
        control(o, PasswordInput, (), (), autocomplete=o.get("autocomplete", "current-password"))
        if only(o, *FIELD)
        else None
    )


def select(o):
    """Options with a value, none disabled; an empty value is Django's own "nothing chosen"."""
    items = o.get("items") or []
    size = sized(o.get("label"), "govuk-label--")
    if not only(o, *FIELD, "items") or size is None or not messages_offered(o):
        return None
    if not items or not all(
        item and only(item, "value", "text", "selected") and "value" in item for item in items
    ):
        return None
    if any(item["value"] == "" or item.get("selected") is False for item in items):
        return None
    chosen = next((item["value"] for item in items if item.get("selected")), o.get("value"))
    widget = Select({"class": o.get("classes", ""), **(o.get("attributes") or {})}, **size)
    field = forms.ChoiceField(
        choices=[(item["value"], item["text"]) for item in items],
        required=False,
        widget=widget,
        label=wording(o["label"]),
        help_text=wording(o.get("hint") or {}),
    )
    return drawn(o, field, o.get("id") or o["name"], chosen)


def choices(o, widget_class, many):
    """Items with text, hint and what they reveal. Ours number ids without counting the divider: not compared."""
    items = o["items"]
    size = sized((o.get("fieldset") or {}).get("legend"), "govuk-fieldset__legend--")
    words = ("value", "text", "html", "hint", "checked", "conditional")
    if not only(o, *GROUP) or size is None or not only(o["fieldset"], "legend") or not messages_offered(o):
        return None
    if not all(
        item and only(item, *words) and only(item.get("hint") or {}, "text", "html") for item in items
    ):
        return None
    widget = widget_class(
        hints={str(item["value"]): wording(item["hint"]) for item in items if item.get("hint")},
        **size,
    )
    widget.revealed = {
        str(item["value"]): wording(item["conditional"]) for item in items if item.get("conditional")
    }
    chosen = [item["value"] for item in items if item.get("checked")] or o.get("values") or [o.get("value")]
    kind = forms.MultipleChoiceField if many else forms.ChoiceField
    field = kind(
        choices=[(item["value"], wording(item)) for item in items],
        required=False,
        widget=widget,
        label=wording(o["fieldset"]["legend"]),
        help_text=wording(o.get("hint") or {}),
    )
    return drawn(o, field, o.get("idPrefix") or o["name"], chosen if many else chosen[0])


def radios(o):
    """One of a few."""
    inline = o.get("classes") == "govuk-radios--inline"
    kind = type(
        "Inline", (Radios,), {"__init__": lambda self, **k: Radios.__init__(self, inline=inline, **k)}
    )
    return choices(
        {key: value for key, value in o.items() if key != "classes" or not inline}, kind, many=False
    )


def checkboxes(o):
    """Any number of a few."""
    return choices(o, Checkboxes, many=True)


def date_input(o):
    """Day, month and year."""
    size = sized((o.get("fieldset") or {}).get("legend"), "govuk-fieldset__legend--")
    if not only(o, "id", "fieldset", "hint", "errorMessage", "values") or not messages_offered(o):
        return None
    if size is None or not only(o["fieldset"], "legend"):
        return None
    field = DayField(
        required=False,
        widget=DateParts(**size),
        label=wording(o["fieldset"]["legend"]),
        help_text=wording(o.get("hint") or {}),
    )
    data = {f"{o['id']}-{part}": value for part, value in (o.get("values") or {}).items()}
    return drawn(o, field, o["id"], o.get("values"), data)
