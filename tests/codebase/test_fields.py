"""Every field of every record is classed once, and what is classed sealed is sealed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from nightdesk.records.sealed import SealedField

MODELS = list(apps.get_app_config("records").get_models())
CLASSES = {"plain", "personal", "sealed"}


def misclassed(fields: Sequence[str], classed: Mapping[str, Sequence[str]]) -> list[str]:
    """What is wrong with a CLASSED table: fields without a class, in two classes, gone, or an unknown class."""
    times = Counter(name for names in classed.values() for name in names)
    return [
        *(f"{name} has no class" for name in fields if not times[name]),
        *(f"{name} is classed {count} times" for name, count in times.items() if count > 1),
        *(f"{name} is no field" for name in times if name not in fields),
        *(f"“{name}” is no class" for name in classed if name not in CLASSES),
    ]


def unpaired(fields: Mapping[str, Any], constraints: Sequence[Any]) -> list[str]:
    """Optional when/who pairs (x_at with x_by) that no constraint holds together."""
    pairs = [
        (f"{stem}_at", f"{stem}_by")
        for name, field in fields.items()
        if name.endswith("_at")
        and field.null
        and (stem := name.removesuffix("_at"))
        and f"{stem}_by" in fields
    ]
    held = [str(getattr(constraint, "condition", "")) for constraint in constraints]
    return [
        f"{when}/{who}"
        for when, who in pairs
        if not any(f"{when}__" in text and f"{who}__" in text for text in held)
    ]


def fields_of(model: type[models.Model]) -> dict[str, Any]:
    """Own fields by name."""
    return {field.name: field for field in model._meta.get_fields() if getattr(field, "column", None)}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_classed_exactly_once(model: Any) -> None:
    """Extracts, figures and destruction go by class: a field without one would slip through."""
    found = misclassed(list(fields_of(model)), model.CLASSED)
    assert not found, f"{model.__name__}.CLASSED: {'; '.join(found)}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_classed_sealed_is_sealed_and_nothing_else_is(model: Any) -> None:
    """The word and the field type say the same."""
    sealed = {name for name, field in fields_of(model).items() if isinstance(field, SealedField)}
    assert sealed == set(model.CLASSED.get("sealed", ()))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_when_and_who_are_held_together_by_the_database(model: Any) -> None:
    """Both or neither: an act without its time or its person is worth nothing in court."""
    found = unpaired(fields_of(model), model._meta.constraints)
    assert not found, f"{model.__name__}: add a CheckConstraint for {', '.join(found)}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_free_text_of_a_person_is_never_plain(model: Any) -> None:
    """A TextField in clear needs a thought: only the outbox has one, and its text carries no personal data."""
    clear = {
        f"{model.__name__}.{name}"
        for name, field in fields_of(model).items()
        if isinstance(field, models.TextField)
    }
    assert clear <= {"Message.body"}


def test_the_testers_find_what_is_wrong() -> None:
    """A field without a class, in two, gone; a class nobody knows; a pair without a constraint."""
    classed = {"plain": ("id", "at", "gone"), "sealed": ("at",), "secret": ("x",)}
    assert misclassed(["id", "at", "new", "x"], classed) == [
        "new has no class", "at is classed 2 times", "gone is no field", "“secret” is no class",
    ]  # fmt: skip
    fields: dict[str, Any] = {
        "left_at": models.DateTimeField(null=True),
        "left_by": models.CharField(null=True),
    }
    held = models.CheckConstraint(name="x", condition=models.Q(left_at__isnull=True, left_by__isnull=True))
    assert unpaired(fields, []) == ["left_at/left_by"]
    assert unpaired(fields, [held]) == []
