"""Constraints that several records share."""

from django.db import models


def when_and_who(name: str, when: str, who: str) -> models.CheckConstraint:
    """When and by whom are both set or both empty."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{when}__isnull": True, f"{who}__isnull": True})
        | models.Q(**{f"{when}__isnull": False, f"{who}__isnull": False}),
    )
