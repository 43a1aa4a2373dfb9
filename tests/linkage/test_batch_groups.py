"""A batch ends in groups that people may look at."""

from nightdesk.jobs.linkage_groups import batch
from nightdesk.linkage.extract import extract
from tests.linkage.reports import invented, weights

MAN = {
    "handle": "quietotter31",
    "platform": "romeo",
    "phone": "07700900555",
    "venue": "hotel",
    "name_used": "casimir",
}


def test_three_reports_about_one_man_are_proposed_as_a_group_of_two_acts() -> None:
    """Among hundreds: two tell of one night, the third of another; how far it is was said on the way."""
    nights = (
        {"act_on": "2026-01-05", "lat": 53.1, "lon": -1.2, "place_precision": "point"},
        {"act_on": "2026-01-06", "lat": 53.1, "lon": -1.2, "place_precision": "point"},
        {"act_on": "2026-04-09", "lat": 53.9, "lon": -1.5, "place_precision": "point"},
    )
    his = [extract({"id": f"his{row}", **MAN, **night}, {}) for row, night in enumerate(nights)]
    phases: set[str] = set()
    found = batch([*invented(), *his], weights(), progress=lambda phase, done, of: phases.add(phase))
    mine = [each for each in found.groups if len(found.edges.ids) - 1 in each.group.rows]
    assert [[found.edges.ids[row] for row in each.group.rows] for each in mine] == [["his0", "his1", "his2"]]
    assert mine[0].acts == 2
    assert mine[0].group.weakest.bits >= found.bar.start
    assert phases == {"counting", "comparing"}


def test_no_report_is_no_group() -> None:
    assert batch([], weights()).groups == ()
