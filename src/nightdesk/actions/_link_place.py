"""How far linkage has come: moved on only, inside the transaction of what was done up to there."""

from datetime import datetime

from nightdesk.records.link_reports import LinkPlace


def locked_place(name: str, at: datetime) -> LinkPlace:
    """The place for writing, locked until the transaction ends; the first time it is nought."""
    LinkPlace.objects.get_or_create(name=name, defaults={"seq": 0, "at": at})
    return LinkPlace.objects.select_for_update(no_key=True).get(name=name)


def move_place(name: str, seq: int, at: datetime) -> None:
    """Move a place on, never back."""
    place = locked_place(name, at)
    if seq > place.seq:
        place.seq, place.at = seq, at
        place.save()
