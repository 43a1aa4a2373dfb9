"""The SQL of every comparison is written once, and each engine can read its own form of it."""

import pytest
import sqlglot
from sqlglot import exp

from nightdesk.jobs.splink_engines import engine
from nightdesk.linkage.dialects import DUCKDB, ENGINES, SPARK, in_dialect, settings_in
from nightdesk.linkage.splink_settings import settings
from tests.linkage.reports import weights


def conditions(name: str) -> list[str]:
    """Every condition of every level, but the last of each comparison."""
    made = settings_in(settings(weights().comparisons, weights().levels), name)
    return [
        level["sql_condition"]
        for comparison in made["comparisons"]
        for level in comparison["comparison_levels"]
        if level["sql_condition"] != "ELSE"
    ]


@pytest.mark.parametrize("name", ENGINES)
def test_every_condition_can_be_read_in_its_dialect(name: str) -> None:
    """Every column is one, never a text: a quotation mark of the other engine would make it one."""
    for text in conditions(name):
        read = sqlglot.parse_one(text, dialect=name)
        columns = {column.name for column in read.find_all(exp.Column)}
        assert columns, text
        assert all(column.endswith(("_l", "_r")) for column in columns), text
        assert not any(each.is_string for each in read.find_all(exp.Literal)), text


def test_duckdbs_text_is_the_source() -> None:
    made = settings(weights().comparisons, weights().levels)
    assert settings_in(made, DUCKDB) == made


def test_sparks_text_has_the_shape_of_duckdbs() -> None:
    """Read each in its own dialect, the two have the same columns, numbers and comparisons in the same order."""
    for ours, theirs in zip(conditions(DUCKDB), conditions(SPARK), strict=True):
        assert shape(ours, DUCKDB) == shape(theirs, SPARK), ours


def shape(text: str, dialect: str) -> list[str]:
    """Columns, numbers and operators, in the order they are written."""
    kinds = (exp.Column, exp.Literal, exp.Binary, exp.Not, exp.Null)
    read = sqlglot.parse_one(text, dialect=dialect)
    return [f"{type(each).__name__} {each.name}" for each in read.find_all(*kinds, bfs=False)]


def test_no_word_of_duckdb_is_left_in_sparks_text() -> None:
    whole = " ".join(conditions(SPARK))
    assert "jaro_winkler(" in whole
    assert "size(array_intersect(" in whole
    for word in ("jaro_winkler_similarity", "list_intersect", "len(", '"'):
        assert word not in whole


def test_what_is_changed_for_spark_is_changed_everywhere() -> None:
    assert (
        in_dialect('len(list_intersect("a_l", "a_r")) >= 2', SPARK)
        == "size(array_intersect(`a_l`, `a_r`)) >= 2"
    )


def test_an_engine_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose from: duckdb, spark"):
        engine("abacus")
    assert engine(DUCKDB).name == DUCKDB
