"""Many counters at once, on the real server with two processes: nothing lost, doubled or mixed up (safety promise 2)."""

from pathlib import Path

from bench import intake


def test_many_counters_at_once_lose_nothing_and_see_only_their_own(
    migrated_database: str, tmp_path: Path
) -> None:
    """Every accepted disclosure is there once, with triage, clock, referral and case, in one unbroken chain.

    A sender that is served another's session is sent to sign in, or finds no form: it breaks off, and the test with it.
    """
    given = intake.options(["--senders", "24", "--seconds", "4"])
    found = intake.measured(tmp_path, migrated_database, 0, given, migrated=True)
    assert found["accepted"] > 0
    wrong = {name: found[name] for name in ("failed", "lost", "doubled", "incomplete") if found[name]}
    assert not wrong, f"{wrong} {found['failed_with']}"
    assert found["chain_ok"]
    assert found["disclosures"] == found["accepted"] + found["warm_up"]
