"""Reports for the bench of the start, and what each of its processes does.

python -m bench._linkage_start hold|pack|pack-held
"""

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
REPORT, DISCLOSURE, SENDER = 1, 2, 3  # what a key is of
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


def forms(number: int, file: Path | None) -> Iterator[tuple[int, Any]]:
    """Their comparison forms, numbered from one."""
    from nightdesk.linkage.extract import extract
    from nightdesk.outside.nicknames import load_nicknames

    nicknames = load_nicknames()
    for seq, one in enumerate(told(number, file), start=1):
        yield seq, extract(one | {"id": str(key_of(REPORT, seq))}, nicknames)


def key_of(kind: int, seq: int) -> UUID:
    """Looks like any other, and every process makes the same."""
    mixed = (seq * 0x9E3779B97F4A7C15F39CC0605CEDC835 + kind * 0xC2B2AE3D27D4EB4F165667B19E3779F9) % (
        1 << 128
    )
    return UUID(int=mixed)


def fill(number: int, file: Path | None, *, sealed: bool) -> int:
    """A disclosure and a report each, the latter sealed under a key of its own; how many."""
    from django.db import transaction

    from nightdesk.queries.clock import database_now
    from nightdesk.records.link_reports import READ, VAULT, LinkPlace
    from nightdesk.records.sealed import Vault

    at = database_now()
    shared = Vault.new(at=at, purpose=VAULT)
    shared.save()
    if sealed:
        numbers, made = forms(number, file), 0
        for chunk in iter(lambda: list(islice(numbers, CHUNK)), []):
            with transaction.atomic():
                _write(chunk, shared, at)
            made += len(chunk)
            print(f"\r{made} written", end="", file=sys.stderr)
    else:
        made = _write_unsealed(number, shared, at)
    LinkPlace.objects.create(name=READ, seq=made, at=at)
    return made


def _write(chunk: list[Any], shared: Any, at: Any) -> None:
    from nightdesk.linkage.plain import to_plain
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.records.link_reports import VAULT, LinkReport
    from nightdesk.records.sealed import Vault

    vaults = [Vault.new(at=at, purpose=VAULT) for _one in chunk]
    Vault.objects.bulk_create(vaults)
    Disclosure.objects.bulk_create(_disclosure(seq, shared, at) for seq, _made in chunk)
    LinkReport.objects.bulk_create(
        _report(seq, vault, at, {key: value for key, value in to_plain(made).items() if key != "id"})
        for (seq, made), vault in zip(chunk, vaults, strict=True)
    )


def _disclosure(seq: int, vault: Any, at: Any) -> Any:
    from nightdesk.records.disclosures import Disclosure

    return Disclosure(
        id=key_of(DISCLOSURE, seq), sender_key=key_of(SENDER, seq), reference=f"R{seq}", channel="counter", opened_at=at,
        vault=vault,
    )  # fmt: skip


def _report(seq: int, vault: Any, at: Any, plain: Any) -> Any:
    from nightdesk.records.link_reports import LinkReport

    return LinkReport(
        id=key_of(REPORT, seq), vault=vault, kind="disclosure", disclosure_id=key_of(DISCLOSURE, seq), who="told-1",
        reported_at=at, made_at=at, seq=seq, extract=plain,
    )  # fmt: skip


def _write_unsealed(number: int, shared: Any, at: Any) -> int:
    """Rows copied by the database itself from a first one: only their keys and numbers are their own."""
    from django.db import connection, transaction

    from nightdesk.records.disclosures import Disclosure
    from nightdesk.records.link_reports import LinkReport

    _disclosure(1, shared, at).save(force_insert=True)
    _report(1, shared, at, {}).save(force_insert=True)
    own: dict[Any, dict[str, int | None]] = {
        Disclosure: {"id": DISCLOSURE, "sender_key": SENDER, "reference": None},
        LinkReport: {"id": REPORT, "disclosure_id": DISCLOSURE, "seq": 0},
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for model, keys in own.items():
            names = [field.column for field in model._meta.concrete_fields]
            chosen = ", ".join("%s" if name in keys else f'"{name}"' for name in names)
            into = ", ".join(f'"{name}"' for name in names)
            table, ordered = model._meta.db_table, [name for name in names if name in keys]
            words = f'INSERT INTO "{table}" ({into}) SELECT {chosen} FROM "{table}" WHERE id = %s'  # noqa: S608
            first = key_of(keys["id"] or REPORT, 1).hex
            for start in range(2, number + 1, CHUNK):
                chunk = range(start, min(start + CHUNK, number + 1))
                cursor.executemany(
                    words, [[*(_own(keys[name], seq) for name in ordered), first] for seq in chunk]
                )
    return number


def _own(kind: int | None, seq: int) -> Any:
    """A key, the reference (None) or the number (0) of a row."""
    return f"R{seq}" if kind is None else key_of(kind, seq).hex if kind else seq


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
    assert all(done)
    whole = LinkBlock.objects.aggregate(whole=Sum(Length("content")))["whole"]
    return {
        "held": len(held), "seconds": round(time.perf_counter() - begun, 1), "blocks": len(done),
        "bytes": round(whole / len(held)), "before": round(begun - start, 1),
    }  # fmt: skip


def _hold_told(held: Any, file: Path | None) -> None:
    """As if every one had been opened: those of the rows there, in their order."""
    from nightdesk.linkage.plain import to_plain
    from nightdesk.queries.link_held import Kept
    from nightdesk.records.link_reports import LinkReport

    number, at = LinkReport.objects.count(), LinkReport.objects.values_list("reported_at", flat=True)[0]
    again = forms(number, file)
    for chunk in iter(lambda: list(islice(again, CHUNK)), []):
        kept = [
            Kept(key_of(REPORT, seq), key_of(DISCLOSURE, seq), "disclosure", at, seq, to_plain(made))
            for seq, made in chunk
        ]
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
