"""The force of the intake bench, made and looked through by the product's own code, in a process of its own.

`python -m bench._force make SENDERS` prints one line of JSON: a session cookie for each sender.
`python -m bench._force check FILE` reads the accepted serials from FILE and prints what became of them.
"""

import json
import os
import re
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

SERIAL = re.compile(r"\[nd[0-9a-z]+-\d+\]")
PIECE = 500


def main(arguments: list[str]) -> int:
    """Do one of the two, print JSON; the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nightdesk.site.settings")
    import django

    django.setup()
    word, value = arguments
    print(json.dumps(make(int(value)) if word == "make" else check(set(Path(value).read_text().split()))))
    return 0


def make(senders: int) -> dict[str, Any]:
    """A unit, a station, a specialist on duty, and a counter officer with an open session for each sender."""
    from nightdesk.actions.rota import add_shifts
    from nightdesk.actions.staff import add_staff, add_station, add_unit
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.access import SYSTEM
    from nightdesk.rules.terms import COUNTER, LAYERS, SOIT

    at = database_now()
    unit = add_unit(actor=SYSTEM, at=at, code="B", name="Unit B", ring="Control room")
    station = add_station(actor=SYSTEM, at=at, code="BN", name="Bench", unit=unit)
    soit = add_staff(
        actor=SYSTEM, at=at, username="soit", name="On duty", role=SOIT, unit=unit, email="soit@force.test"
    )
    hours = (at - timedelta(hours=1), at + timedelta(hours=12))
    add_shifts(actor=SYSTEM, at=at, unit=unit, shifts=[(soit, LAYERS[0], *hours)])
    officers = [
        add_staff(
            actor=SYSTEM,
            at=at,
            username=f"sender{n}",
            name=f"Sender {n}",
            role=COUNTER,
            unit=unit,
            station=station,
        )
        for n in range(senders)
    ]
    return {"cookies": [_session_of(officer) for officer in officers]}


def _session_of(officer: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(officer)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def check(accepted: set[str]) -> dict[str, Any]:
    """Each accepted serial must be in exactly one disclosure, with triage, clock, referral and case, in a whole journal."""
    from nightdesk.queries.journal import verify_journal
    from nightdesk.records.cases import Case
    from nightdesk.records.clocks import ClockStart
    from nightdesk.records.disclosures import Disclosure, Triage
    from nightdesk.records.referrals import Referral
    from nightdesk.rules.access import SYSTEM

    where = _where()
    journal = verify_journal(SYSTEM)
    done = Disclosure.objects.exclude(accepted_at=None)
    kinds: dict[str, Any] = {"triages": Triage, "clocks": ClockStart, "referrals": Referral, "cases": Case}
    followed = {
        name: set(model.objects.values_list("disclosure_id", flat=True)) for name, model in kinds.items()
    }
    ids = set(done.values_list("id", flat=True))
    return {
        "lost": len(accepted - where.keys()),
        "doubled": sum(1 for serial in accepted if where[serial] > 1),
        "incomplete": len(ids - set.intersection(*followed.values())),
        "disclosures": len(ids),
        **{name: len(found) for name, found in followed.items()},
        "chain_ok": journal.whole,
        "journal_lines": journal.lines,
    }


def _where() -> Counter[str]:
    """In how many disclosures each serial is, read from the sealed words themselves."""
    from nightdesk.records.disclosures import BasicsVersion

    rows = BasicsVersion.objects.select_related("vault").order_by("id")
    pairs = {
        (serial, row.disclosure_id)
        for row in rows.iterator(PIECE)
        for serial in SERIAL.findall(row.opened("what"))
    }
    return Counter(serial for serial, _ in pairs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
