"""Two second answers, two links of one report, at the same moment: real threads, both databases."""

from datetime import datetime

import pytest

from nightdesk.records.link_candidates import LinkAnswer, LinkCandidate
from nightdesk.records.series import Series, SeriesMember
from nightdesk.rules.candidate import CandidateRefused
from tests.actions.together import at_once, whole_journal
from tests.linkage_rows import analyst, answered, candidate_row, pair_of, report_row, told_to
from tests.people import make_cast


@pytest.mark.parametrize(
    ("second", "sentence"), [("linked", "decided this"), ("not_linked", "you are the third")]
)
def test_of_two_second_answers_one_wins_and_the_other_is_told_what_to_do(
    journey_db: None, now: datetime, second: str, sentence: str
) -> None:
    """Whoever comes later has not decided anything, and may still have to."""
    cast = make_cast(now)
    pair, people = pair_of(cast, now), [analyst(name, now) for name in ("ines", "omar")]
    answered(cast.wen, now, pair, "linked")
    seen = LinkCandidate.objects.get(pk=pair.pk).seen_mark()
    results = at_once(
        *(lambda one=one: answered(one, now, pair, second, seat="blind", seen=seen) for one in people)
    )
    refused = [result for result in results if isinstance(result, CandidateRefused)]
    assert [result for result in results if isinstance(result, str)] == [
        "linked" if second == "linked" else "disagreed"
    ]
    assert len(refused) == 1
    assert sentence in str(refused[0])
    assert LinkAnswer.objects.count() == 2
    whole_journal()


def test_two_links_of_one_report_at_once_make_one_series(journey_db: None, now: datetime) -> None:
    """Neither a report in two series nor two series of one man."""
    cast = make_cast(now)
    first, ines = pair_of(cast, now), analyst("ines", now)
    second = candidate_row(report_row(told_to(cast.priya, now), now), first.new, now)
    for pair in (first, second):
        answered(cast.wen, now, pair, "linked")
    results = at_once(*(lambda pair=pair: answered(ines, now, pair, "linked") for pair in (first, second)))
    assert results == ["linked", "linked"]
    assert Series.objects.filter(ended_at=None).count() == 1
    assert SeriesMember.objects.filter(left_at=None).count() == 3
    whole_journal()
