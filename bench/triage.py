"""How well triage finds what the label guideline says is there, and how long it takes: bench triage FILE [--json]."""

import json
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from nightdesk.outside.packs import load_lexicon
from nightdesk.rules.lexicon_rules import LEVELS, RELATED
from nightdesk.rules.triage import Account, TriageResult, triage

FIELDS = ("who", "what", "when", "where")
GRADED = [label for label, levels in LEVELS.items() if len(levels) == 2]
YES_NO = [label for label, levels in LEVELS.items() if len(levels) == 1]


@dataclass
class Count:
    """Cases found rightly, found wrongly and not found, for one label."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1; a label that nobody has and nothing proposes counts as perfect."""
        found, there = self.right + self.wrong, self.right + self.missed
        return {
            "precision": round(self.right / found, 4) if found else 1.0,
            "recall": round(self.right / there, 4) if there else 1.0,
            "f1": round(2 * self.right / (found + there), 4) if found + there else 1.0,
            "positives": there,
        }


@dataclass
class Score:
    """Everything measured over one file."""

    n: int = 0
    counts: dict[str, Count] = field(default_factory=dict)
    table: dict[str, dict[str, int]] = field(default_factory=dict)
    missed: list[dict[str, str]] = field(default_factory=list)
    false: list[dict[str, Any]] = field(default_factory=list)
    times_ms: list[float] = field(default_factory=list)
    first_ms: list[float] = field(default_factory=list)


def read_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of a JSON-lines file. Raises SystemExit with the line and what is wrong with it."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            _ = (
                case["id"],
                [case[name] for name in FIELDS],
                [case["labels"][label] for label in (*LEVELS, "related")],
            )
        except (ValueError, KeyError, TypeError) as problem:
            raise SystemExit(
                f"{path}, line {number}: not a labelled account ({problem!r}); mend the line"
            ) from None
        cases.append(case)
    if not cases:
        raise SystemExit(f"{path} holds no cases; give a file with one labelled account on each line")
    return cases


def found(labels: Mapping[str, Any]) -> set[str]:
    """The labels that are there: any level but not indicated, true, and each related tag by name."""
    graded = {label for label in GRADED if labels[label] != "not_indicated"}
    said = {label for label in YES_NO if labels[label] in (True, "yes")}
    return graded | said | {f"related.{tag}" for tag in labels["related"]}


def proposed(result: TriageResult) -> dict[str, Any]:
    """A result in the shape of the labels of a case."""
    return {**{label: result.level(label) for label in LEVELS}, "related": list(result.related())}


def score(cases: Sequence[Mapping[str, Any]]) -> Score:
    """Triage every case twice: the first round, with nothing remembered yet, is timed apart from the second."""
    lexicon = load_lexicon()
    total = Score(
        n=len(cases), counts={label: Count() for label in (*LEVELS, *(f"related.{tag}" for tag in RELATED))}
    )
    accounts = [
        Account(**{name: case[name] for name in FIELDS}, channel=case.get("channel", "counter"))
        for case in cases
    ]
    for account in accounts:
        started = time.perf_counter()
        triage(account, lexicon)
        total.first_ms.append((time.perf_counter() - started) * 1000)
    for case, account in zip(cases, accounts, strict=True):
        started = time.perf_counter()
        result = triage(account, lexicon)
        total.times_ms.append((time.perf_counter() - started) * 1000)
        _count(total, case, result)
    return total


def _count(total: Score, case: Mapping[str, Any], result: TriageResult) -> None:
    """Compare one result with its case."""
    given = proposed(result)
    there, got = found(case["labels"]), found(given)
    for label in GRADED:
        pair = f"{case['labels'][label]} -> {given[label]}"
        table = total.table.setdefault(label, {})
        table[pair] = table.get(pair, 0) + 1
    for label, count in total.counts.items():
        count.right += label in there and label in got
        count.missed += label in there and label not in got
        count.wrong += label in got and label not in there
    total.missed += [{"id": case["id"], "label": label} for label in sorted(there - got)]
    reasons = {p.label: [f"{r.rule}: {r.words}" for r in p.reasons] for p in result.proposals}
    total.false += [
        {"id": case["id"], "label": label, "reasons": reasons[label]} for label in sorted(got - there)
    ]


def report(total: Score, path: Path) -> dict[str, Any]:
    """The figures as one object, with the machine they were taken on."""
    related = [count for label, count in total.counts.items() if label.startswith("related.")]
    micro = Count(
        sum(c.right for c in related), sum(c.wrong for c in related), sum(c.missed for c in related)
    )
    labels = {label: count.figures() for label, count in total.counts.items()} | {"related": micro.figures()}
    p99 = quantiles(total.times_ms, n=100)[98] if len(total.times_ms) > 1 else total.times_ms[0]
    return {
        "n": total.n,
        "file": path.name,
        "labels": labels,
        "confusion": total.table,
        "missed": total.missed,
        "false": total.false,
        "median_ms": round(median(total.times_ms), 3),
        "p99_ms": round(p99, 3),
        "first_median_ms": round(median(total.first_ms), 3),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 2),
    }


def show(figures: Mapping[str, Any], cases: Sequence[Mapping[str, Any]]) -> None:
    """The figures as a table for people, then the confusion tables, then every wrong case with its reasons."""
    print(
        f"{figures['n']} accounts, median {figures['median_ms']} ms (first sight {figures['first_median_ms']} ms), "
        f"p99 {figures['p99_ms']} ms; {figures['machine']}"
    )
    print(f"{'label':32}{'precision':>10}{'recall':>10}{'F1':>8}{'there':>7}")
    for label, row in figures["labels"].items():
        print(f"{label:32}{row['precision']:10.3f}{row['recall']:10.3f}{row['f1']:8.3f}{row['positives']:7}")
    for label, table in figures["confusion"].items():
        print(f"\n{label}: " + "; ".join(f"{pair} {count}" for pair, count in sorted(table.items())))
    texts = {case["id"]: " | ".join(str(case[name]) for name in FIELDS) for case in cases}
    for wrong in sorted(
        (*figures["missed"], *figures["false"]), key=lambda wrong: (wrong["label"], wrong["id"])
    ):
        kind = "proposed wrongly" if "reasons" in wrong else "not found"
        print(f"\n{wrong['label']} {kind}, {wrong['id']}: {texts[wrong['id']]}")
        for reason in wrong.get("reasons", ()):
            print(f"    {reason}")


def main(argv: list[str]) -> int:
    """bench triage FILE [--json]."""
    names = [word for word in argv if not word.startswith("--")]
    if len(names) != 1 or not Path(names[0]).is_file():
        print(
            "Give one file of labelled accounts: ./dev bench triage tests/data/vignettes.jsonl",
            file=sys.stderr,
        )
        return 2
    path = Path(names[0])
    cases = read_cases(path)
    figures = report(score(cases), path)
    if "--json" in argv:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        show(figures, cases)
    return 0
