"""Attaching in tests: a file sent by somebody to the only case there is."""

import io
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from nightdesk.actions.attachments import Described, keep_attachment
from nightdesk.records.attachments import Attachment
from nightdesk.records.cases import Case
from tests.outside.made_files import picture_with_place
from tests.people import as_reader


def reference() -> str:
    """Of the only case."""
    return str(Case.objects.get().disclosure.reference)


def attach(
    staff: Any,
    at: datetime,
    content: bytes | None = None,
    *,
    name: str = "",
    key: UUID | None = None,
    to: str = "",
    **said: str,
) -> Attachment:
    """A file (a picture, when none is given), as `staff` attaches it."""
    described = Described(name, **({"title": "A picture"} | said))
    file = io.BytesIO(picture_with_place() if content is None else content)
    return keep_attachment(
        actor=as_reader(staff),
        at=at,
        reference=to or reference(),
        key=key or uuid4(),
        file=file,
        described=described,
    )
