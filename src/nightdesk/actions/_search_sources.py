"""Where keys for search come from: the rows that tell people apart, read again when the keys are made anew."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from nightdesk.actions._search_keys import key_rows
from nightdesk.outside.current import force_zone
from nightdesk.records.disclosures import BasicsVersion, Disclosure
from nightdesk.records.particulars import Particular, ParticularVersion
from nightdesk.records.sealed import SealBroken
from nightdesk.records.search import SearchKey
from nightdesk.rules.particular import search_terms
from nightdesk.rules.search_basics import basics_terms

Rows = list[SearchKey]


def search_source(row: Particular) -> str:
    """The source of the keys of an entry, a contact plan or wishes, for ever."""
    return f"particular:{row.pk}"


def _basics_keys(batch: Sequence[Disclosure]) -> tuple[Rows, int]:
    """The keys of every version that was sent on, the newest one's as of now; and how many could not be opened."""
    by_id = {disclosure.pk: disclosure for disclosure in batch}
    versions = BasicsVersion.objects.filter(disclosure__in=by_id, triages__isnull=False).order_by("number")
    newest: dict[object, BasicsVersion] = {}
    sent_on: list[BasicsVersion] = list(versions)
    for version in sent_on:
        version.disclosure = by_id[version.disclosure_id]
        version.vault = version.disclosure.vault
        newest[version.disclosure_id] = version
    rows, sealed = Rows(), set[object]()
    for version in sent_on:
        try:
            terms = basics_terms(version.basics(), force_zone())
        except SealBroken:
            sealed.add(version.disclosure_id)
            continue
        rows += key_rows(
            version.disclosure, "basics", terms, old=newest[version.disclosure_id] is not version
        )
    return rows, len(sealed)


def _particular_keys(batch: Sequence[Disclosure]) -> tuple[Rows, int]:
    """The same of every version of every entry; the newest one's as of now, unless the entry was withdrawn."""
    by_id = {disclosure.pk: disclosure for disclosure in batch}
    versions = ParticularVersion.objects.filter(particular__case__disclosure__in=by_id)
    kept = list(versions.select_related("particular__case", "vault").order_by("number"))
    newest = {version.particular_id: version for version in kept}
    rows, sealed = Rows(), set[object]()
    for version in kept:
        row = version.particular
        disclosure = by_id[row.case.disclosure_id]
        try:
            terms = search_terms(row.kind, version.said(), force_zone())
        except SealBroken:
            sealed.add(disclosure.pk)
            continue
        old = newest[row.pk] is not version or row.withdrawn_at is not None
        rows += key_rows(disclosure, search_source(row), terms, old=old)
    return rows, len(sealed)


# The beginning of their source, and how the keys of a batch are made anew (rows, how many disclosures were sealed).
SOURCES: Final[Iterable[tuple[str, Callable[[Sequence[Disclosure]], tuple[Rows, int]]]]] = (
    ("basics", _basics_keys),
    ("particular:", _particular_keys),
)
