"""Keys for search, written with the version they come from: whoever keeps what tells people apart calls write_keys."""

import secrets
from collections.abc import Iterable

from nightdesk.outside.search_words import normal_term, search_words
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.search import SearchKey, blind_keys
from nightdesk.rules.search_terms import MOST_KEYS, Term, keys_of


def write_keys(
    disclosure: Disclosure, source: str, terms: Iterable[tuple[str, ...]], *, first: bool = False
) -> int:
    """Put `terms` of one row into search; how many keys that made. Call it in the transaction that keeps the row.

    `source` names the row for ever ("basics", "person:" and its id, at most 60 characters). Called again for the same
    source, what was kept for it before stays, as of an earlier version. `first`: there is no earlier one.
    `terms` are (kind, value) or (kind, value, platform), kinds of rules/search_terms.py; nothing of the shield, ever.
    Two statements at most, one with `first`.
    """
    if not first:
        SearchKey.objects.filter(disclosure=disclosure, source=source, old=False).update(old=True)
    rows = key_rows(disclosure, source, terms)
    SearchKey.objects.bulk_create(rows)
    return len(rows)


def key_rows(
    disclosure: Disclosure, source: str, terms: Iterable[tuple[str, ...]], *, old: bool = False
) -> list[SearchKey]:
    """The rows for `terms`, not yet saved; MOST_KEYS at most, so that nothing typed can flood the table."""
    words, rows = search_words(), list[SearchKey]()
    for term in dict.fromkeys(Term(*given) for given in terms):
        told = secrets.randbits(62)
        rows += [
            SearchKey(disclosure=disclosure, source=source, kind=key.kind, blind=blind, told=told, old=old)
            for key, blind in blind_keys(keys_of(normal_term(term), words)).items()
        ]
    return rows[:MOST_KEYS]
