"""One sentence of the timeline, and the groups that sentences stand in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from nightdesk.desks.caseroom import codes_timeline as code

TOLD: Final = "told"
OWNER: Final = "owner"
PAGING: Final = "paging"
DUTY: Final = "duty"
EVIDENCE: Final = "evidence"
FLAGS: Final = "flags"
SHIELD: Final = "shield"
READING: Final = "reading"
CONTACT: Final = "contact"
PARTICULARS: Final = "particulars"
FILES: Final = "files"
SHARING: Final = "sharing"
ENDING: Final = "ending"


@dataclass(frozen=True)
class Sentence:
    """`text` has the facts of its kind as %(fact)s; `words` turns codes into words, the others are shown as they are."""

    group: str
    text: Any
    words: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    def said(self, facts: Mapping[str, Any]) -> str:
        """The sentence of one line; what a line of another edition lacks is “–”."""
        shown = code.Shown({key: self.words.get(key, code.plain)(value) for key, value in facts.items()})
        return str(self.text) % shown
