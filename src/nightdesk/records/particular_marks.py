"""Which parts of a first account were taken over already: by a keyed mark of what each part says."""

import json
from collections.abc import Collection

from nightdesk.records.particulars import Particular
from nightdesk.records.sealed import blind_index
from nightdesk.rules.basics import Basics
from nightdesk.rules.particular_account import Part, parts
from nightdesk.rules.particular_answer import to_plain


def mark_of(part: Part) -> bytes:
    """A part that says something else, after a correction of the account, has another mark and is offered again."""
    plain = json.dumps([part.code, to_plain(part.values)], ensure_ascii=False, sort_keys=True)
    return blind_index("first_account", plain)


def offers(basics: Basics, taken: Collection[bytes]) -> list[tuple[Part, bytes]]:
    """What an account offers besides what was taken over, each with its mark."""
    marked = [(part, mark_of(part)) for part in parts(basics)]
    return [(part, mark) for part, mark in marked if mark not in taken]


def taken_marks(reference: str) -> set[bytes]:
    """The marks of what was taken over from the account of this disclosure, and still stands."""
    rows = Particular.objects.filter(case__disclosure__reference=reference, withdrawn_at=None)
    return {bytes(mark) for mark in rows.values_list("taken_from", flat=True) if mark is not None}
