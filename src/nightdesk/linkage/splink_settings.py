"""The same comparisons as Splink reads them: its settings, made from the one list. Splink itself is not loaded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nightdesk.linkage.comparisons import SETTINGS, Comparison
from nightdesk.linkage.extract import AT_HOME, ELSEWHERE, PRECISIONS
from nightdesk.linkage.places import chord
from nightdesk.linkage.weights import Weight

Conditions = tuple[str, list[str]]  # when nothing is known; then when each level holds, but the last


def settings(
    comparisons: Iterable[Comparison], levels: Mapping[str, Sequence[Weight]] | None = None
) -> dict[str, Any]:
    """Splink's settings; with weights given they are fixed, so that predictions carry exactly their bits."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "row",
        "probability_two_random_records_match": 0.5,
        "retain_matching_columns": True,  # the only way to get the level of each comparison back
        "retain_intermediate_calculation_columns": False,
        "em_convergence": 0.001,
        "max_iterations": 20,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": [_comparison(each, (levels or {}).get(each.name)) for each in comparisons],
    }


def _comparison(comparison: Comparison, weights: Sequence[Weight] | None) -> dict[str, Any]:
    unknown, conditions = KINDS[comparison.kind](comparison)
    levels: list[dict[str, Any]] = [
        {"sql_condition": condition, "label_for_charts": level.name}
        for level, condition in zip(comparison.levels, [*conditions, "ELSE"], strict=True)
    ]
    for level, weight in zip(levels, weights or (), strict=False):
        m, u = fixed(weight.bits, weight.u)
        level.update(m_probability=m, u_probability=u, fix_m_probability=True, fix_u_probability=True)
    null = {"sql_condition": unknown, "label_for_charts": "unknown", "is_null_level": True}
    return {"output_column_name": comparison.name, "comparison_levels": [null, *levels]}


def fixed(bits: float, u: float) -> tuple[float, float]:
    """m and u that give exactly these bits, both at most one."""
    m = u * 2.0**bits
    return (m, u) if m <= 1 else (1.0, 2.0**-bits)


def _either_missing(*columns: str) -> str:
    return " OR ".join(f'"{column}_{side}" IS NULL' for column in columns for side in "lr")


def _same(column: str) -> str:
    return f'"{column}_l" = "{column}_r"'


def _code(comparison: Comparison) -> Conditions:
    return _either_missing(comparison.column), [_same(comparison.column)]


def _app(comparison: Comparison) -> Conditions:
    both = '("handle_l" IS NOT NULL AND "handle_r" IS NOT NULL)'
    return f"{_either_missing('app')} OR {both}", [_same("app")]


def _account(comparison: Comparison) -> Conditions:
    alike = 'jaro_winkler_similarity("handle_l", "handle_r") >= '
    near = [f"{alike}{level.limit}" for level in comparison.levels[3:5]]
    return _either_missing("handle"), [
        f"{_same('handle')} AND {_same('app')}",
        _same("handle"),
        _same("stem"),
        *near,
    ]


def _phone(comparison: Comparison) -> Conditions:
    slip = 'damerau_levenshtein("phone_l", "phone_r") <= 1'
    return _either_missing("phone4"), [_same("phone"), f"{_same('phone6')} OR {slip}", _same("phone4")]


def _email(comparison: Comparison) -> Conditions:
    alike = 'jaro_winkler_similarity("email_local_l", "email_local_r")'
    return _either_missing("email"), [_same("email"), f"{alike} >= {comparison.levels[1].limit}"]


def _name(comparison: Comparison) -> Conditions:
    alike = f'jaro_winkler_similarity("name_l", "name_r") >= {comparison.levels[1].limit}'
    return _either_missing("name"), [_same("name"), alike]


def _vehicle(comparison: Comparison) -> Conditions:
    unknown = f"({_either_missing('vehicle')}) AND ({_either_missing('plate')})"
    holds = 'contains("plate_l", "plate_r") OR contains("plate_r", "plate_l")'
    return unknown, [holds, _same("vehicle")]


def _tattoo(comparison: Comparison) -> Conditions:
    shared = 'len(list_intersect("tattoo_l", "tattoo_r")) >= '
    return _either_missing("tattoo"), [f"{shared}{level.limit:g}" for level in comparison.levels[:-1]]


def _gap(comparison: Comparison) -> Conditions:
    column = comparison.column
    gap = f'abs("{column}_l" - "{column}_r") <= '
    return _either_missing(column), [f"{gap}{level.limit:g}" for level in comparison.levels[:-1]]


def _place(comparison: Comparison) -> Conditions:
    _, setting, precision = comparison.name.split("_")
    elsewhere = f'("setting_l" = {ELSEWHERE} OR "setting_r" = {ELSEWHERE})'
    home = f'("setting_l" = {AT_HOME} AND "setting_r" = {AT_HOME})'
    here = dict(zip(SETTINGS, (home, f"NOT {elsewhere} AND NOT {home}", elsewhere), strict=True))[setting]
    worse = f'greatest("precision_l", "precision_r") = {PRECISIONS.index(precision)}'
    line = " + ".join(f'("{axis}_l" - "{axis}_r") * ("{axis}_l" - "{axis}_r")' for axis in "xyz")
    unknown = f"{_either_missing('x', 'y', 'z')} OR NOT ({here} AND {worse})"
    return unknown, [f"{line} <= {chord(level.limit)!r}" for level in comparison.levels[:-1]]


def _behaviour(comparison: Comparison) -> Conditions:
    """Unknown unless one report says he did it and the other could have said so. The column is the bit of the masks."""
    done = [f'("done_{side}" & {1 << comparison.bit}) <> 0' for side in "lr"]
    absent = [f'("absent_{side}" & {1 << comparison.bit}) <> 0' for side in "lr"]
    both = f"{done[0]} AND {done[1]}"
    once = f"({done[0]} AND {absent[1]}) OR ({absent[0]} AND {done[1]})"
    return f"{_either_missing('done')} OR NOT (({both}) OR {once})", [both]


KINDS: dict[str, Callable[[Comparison], Conditions]] = {
    "code": _code,
    "app": _app,
    "account": _account,
    "phone": _phone,
    "email": _email,
    "name": _name,
    "gap": _gap,
    "tattoo": _tattoo,
    "vehicle": _vehicle,
    "place": _place,
    "behaviour": _behaviour,
}
