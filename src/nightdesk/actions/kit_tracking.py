"""The person follows their own kit: number and words together, or nothing."""

import secrets
from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.actions._tries import WaitFirst, count_try, forget_tries
from nightdesk.actions.sign_in import NOBODY
from nightdesk.outside.slow_digest import salt_of, words_digest
from nightdesk.records.kits import Kit
from nightdesk.rules.kit_number import read_number

__all__ = ["TrackingRefused", "WaitFirst", "check_words"]

NO_DIGEST = bytes(32)  # what a number without a card is compared with: Argon2 never gives it


class TrackingRefused(Exception):
    """Number and words do not belong together; whether there is such a number is not told."""


def check_words(*, at: datetime, number: str, words: str, client: str) -> str:
    """The kit number, as kept, when the words are those of its card. `client` is where the try comes from (an address).

    A known number, an unknown one, one without a card and what is no number take the same path: one count, one look-up, one
    digest, one line that names no kit. Raises TrackingRefused; or WaitFirst after five wrong tries of this number from this
    client in 15 minutes. Somebody else's tries elsewhere hold nobody up, and nothing is ever locked.
    """
    read = read_number(number)
    who = f"{read}\x1f{client}"
    attempt = count_try("kit", who, at)
    kit = Kit.objects.filter(number=read).first()
    given = words_digest(words, salt_of(kit.pk if kit else None, read))
    kept = bytes(kit.words_digest) if kit and kit.words_digest else NO_DIGEST
    fits = secrets.compare_digest(given, kept)
    with entry("kit_followed", actor=NOBODY, at=at, fits=fits, attempt=attempt):
        pass
    if not fits:
        raise TrackingRefused("This number and these words do not belong together.")
    forget_tries("kit", who, at)
    return read
