"""Numbers for the printer of the bags: well formed, all different, none kept."""

from typing import Any

import pytest

from nightdesk.records.kits import Kit
from nightdesk.rules.kit_number import read_number
from nightdesk.site.cli import main


def test_numbers_are_printed_one_a_line_and_kept_nowhere(capsys: Any) -> None:
    assert main(["kit", "numbers", "--count", "40"]) == 0
    numbers = capsys.readouterr().out.split()
    assert len(set(numbers)) == 40
    assert [read_number(number) for number in numbers] == numbers
    assert not Kit.objects.exists()


@pytest.mark.parametrize("count", ["0", "10001", "many"])
def test_a_count_that_makes_no_sense_is_not_understood(capsys: Any, count: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["kit", "numbers", "--count", count])
    assert ended.value.code == 2
