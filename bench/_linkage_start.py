"""Reports for the bench of the start, and what each of its processes does: python -m bench._linkage_start hold|pack|pack-held."""

import gzip
import json
import logging
import os
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from bench._linkage_reports import reports
from nightdesk.outside.keys import make_key_files

CHUNK: Final = 5000
SEED: Final = 31


def begin(folder: Path) -> None:
    """An installation of its own, migrated."""
    make_key_files(folder / "keys")
    (folder / "static").mkdir()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "nightdesk.site.settings", "NIGHTDESK_DATA": str(folder), "NIGHTDESK_HTTPS": "0",
        "NIGHTDESK_KEYS": str(folder / "keys"), "NIGHTDESK_SECRET_KEY": "bench-" + "0123456789" * 5,
    }  # fmt: skip
    os.environ.setdefault("NIGHTDESK_DATABASE", f"sqlite:///{folder / 'bench.sqlite3'}")
    _set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _set_up() -> None:
    import django

    django.setup()
    logging.disable(logging.WARNING)


def told(number: int, file: Path | None) -> Iterator[dict[str, Any]]:
    """Reports of a file, or invented ones."""
    if file is None:
        yield from reports(number, SEED)
        return
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, number))


def forms(number: int, file: Path | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Their comparison forms as they are kept, numbered from one."""
    from nightdesk.linkage.extract import extract
    from nightdesk.linkage.plain import to_plain
    from nightdesk.outside.nicknames import load_nicknames

    nicknames = load_nicknames()
    for seq, one in enumerate(told(number, file), start=1):
        plain = to_plain(extract(one, nicknames))
        del plain["id"]
        yield seq, plain


def key_of(kind: int, seq: int) -> UUID:
    """Looks like any other, and every process makes the same: of a report (1) or its disclosure (2)."""
    mixed = (seq * 0x9E3779B97F4A7C15F39CC0605CEDC835 + kind * 0xC2B2AE3D27D4EB4F165667B19E3779F9) % (1 << 128)
    return UUID(int=mixed)


def fill(number: int, file: Path | None, *, sealed: bool) -> int:
    """A disclosure and a report each, the latter sealed under a key of its own; how many."""
    from django.db import transaction

    from nightdesk.queries.clock import database_now
    from nightdesk.records.link_reports import READ, VAULT, LinkPlace
    from nightdesk.records.sealed import Vault

    at, made = database_now(), 0
    shared = Vault.new(at=at, purpose=VAULT)
    shared.save()
    numbers: Iterator[Any] = forms(number, file) if sealed else ((seq, {}) for seq in range(1, number + 1))
    for chunk in iter(lambda: list(islice(numbers, CHUNK)), []):
        with transaction.atomic():
            vaults = [Vault.new(at=at, purpose=VAULT) if sealed else shared for _one in chunk]
            _write(chunk, vaults, shared, at)
        made += len(chunk)
        print(f"\r{made} written", end="", file=sys.stderr)
    print(file=sys.stderr)
    LinkPlace.objects.create(name=READ, seq=made, at=at)
    return made


def _write(chunk: list[Any], vaults: list[Any], shared: Any, at: Any) -> None:
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.records.link_reports import LinkReport
    from nightdesk.records.sealed import Vault

    Vault.objects.bulk_create([vault for vault in vaults if vault is not shared])
    Disclosure.objects.bulk_create(
        Disclosure(
            id=key_of(2, seq), sender_key=key_of(3, seq), reference=f"R{seq}", channel="counter", opened_at=at, vault=shared
        )
        for seq, _plain in chunk
    )  # fmt: skip
    LinkReport.objects.bulk_create(
        LinkReport(
            id=key_of(1, seq), vault=vault, kind="disclosure", disclosure_id=key_of(2, seq), who="told-1", reported_at=at,
            made_at=at, seq=seq, extract=plain,
        )
        for (seq, plain), vault in zip(chunk, vaults, strict=True)
    )  # fmt: skip


def hold() -> dict[str, Any]:
    """Begin as the worker does."""
    from nightdesk.jobs.linkage_blocks import hold_everything
    from nightdesk.jobs.linkage_held import Reports
    from nightdesk.linkage.weights import shipped

    held, before = Reports(shipped()), _memory()
    start, begun = time.perf_counter(), time.process_time()
    hold_everything(held, lambda number: None)
    seconds, cpu = time.perf_counter() - start, time.process_time() - begun
    each = round((_memory() - before) * 1024 / max(len(held), 1))
    return {"held": len(held), "seconds": round(seconds, 1), "cpu": round(cpu, 1), "bytes_per_report": each}


def pack(*, sealed: bool, file: Path | None) -> dict[str, Any]:
    """Seal blocks of what is held; with nothing sealed, of what is told again."""
    from django.db.models import Sum
    from django.db.models.functions import Length

    from nightdesk.jobs.linkage_blocks import hold_everything, pack_span, to_pack
    from nightdesk.jobs.linkage_held import Reports
    from nightdesk.linkage.packing import Packing
    from nightdesk.linkage.weights import shipped
    from nightdesk.queries.clock import database_now
    from nightdesk.records.link_reports import LinkBlock

    held, start = Reports(shipped()), time.perf_counter()
    if sealed:
        hold_everything(held, lambda number: None)
    else:
        _hold_told(held, file)
    begun = time.perf_counter()
    done = [pack_span(held, database_now(), span) for span in to_pack(held, Packing(few=1))]
    assert all(done)  # noqa: S101 - else the figures say nothing
    whole = LinkBlock.objects.aggregate(whole=Sum(Length("content")))["whole"]
    return {
        "held": len(held), "seconds": round(time.perf_counter() - begun, 1), "blocks": len(done), "bytes": round(whole / len(held)),
        "before": round(begun - start, 1),
    }  # fmt: skip


def _hold_told(held: Any, file: Path | None) -> None:
    from nightdesk.queries.link_held import Kept
    from nightdesk.records.link_reports import LinkReport

    number, at = LinkReport.objects.count(), LinkReport.objects.values_list("reported_at", flat=True)[0]
    told_again = forms(number, file)
    for chunk in iter(lambda: list(islice(told_again, CHUNK)), []):
        kept = [Kept(key_of(1, seq), key_of(2, seq), "disclosure", at, seq, plain) for seq, plain in chunk]
        held.take(kept, first=True)


def _memory() -> int:
    """What this process takes now, in KiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


def main(words: list[str]) -> int:
    """Do what is said, and print its figures."""
    _set_up()
    file = Path(words[1]) if words[1:] and words[1] else None
    found = hold() if words[0] == "hold" else pack(sealed=words[0] == "pack", file=file)
    found["peak_rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
