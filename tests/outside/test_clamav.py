"""The scanner, by its own protocol, against a daemon on loopback that answers, finds, complains, hangs and hangs up."""

import time
from pathlib import Path

import pytest

from nightdesk.outside.clamav import NO_ANSWER, OFF, Scanned, read_address, scan
from tests.outside.clamd import EICAR, daemon


@pytest.mark.parametrize("unix", [False, True])
def test_a_file_is_heard_whole_and_judged(unix: bool, tmp_path: Path) -> None:
    """By both kinds of sockets; in pieces of any size, nothing for an empty one."""
    with daemon(tmp_path / "clamd.ctl" if unix else None) as one:
        assert scan([b"a" * 200_000, b"", b"b"], one.address) == Scanned("clean")
        assert scan([b"x" + EICAR[:10], EICAR[10:]], one.address) == Scanned("found", "Test.Mark(a:1)")
        assert one.heard[0] == b"a" * 200_000 + b"b"


@pytest.mark.parametrize(
    ("mood", "outcome"), [("error", Scanned("error")), ("hang_up", NO_ANSWER), ("silent", NO_ANSWER)]
)
def test_what_goes_wrong_is_an_outcome_and_never_a_fault(mood: str, outcome: Scanned) -> None:
    """And it does not take longer than was said."""
    begun = time.monotonic()
    with daemon(mood=mood) as one:
        assert scan([b"x" * 100_000] * 20, one.address, seconds=0.5) == outcome
    assert time.monotonic() - begun < 8


def test_a_file_that_is_too_large_for_the_scanner_is_said_to_be_that() -> None:
    """It hangs up while it is still being told."""
    with daemon() as one:
        one.most = 1000
        assert scan([b"x" * 500_000] * 40, one.address).outcome in ("too_large", "no_answer")
        assert scan([b"x" * 1001], one.address) == Scanned("too_large")


def test_nobody_there_is_no_answer_and_no_scanner_is_off(tmp_path: Path) -> None:
    """A port that nobody listens on, a socket that is not there, no setting."""
    with daemon() as one:
        address = one.address
    assert scan([b"x"], address, seconds=1) == NO_ANSWER
    assert scan([b"x"], f"unix:{tmp_path}/none", seconds=1) == NO_ANSWER
    assert scan([b"x"], "") == OFF


@pytest.mark.parametrize(
    "text", ["clamd", "unix:here", "tcp:host", "tcp:host:0", "tcp::3310", "http://x:1", "tcp:h:99999"]
)
def test_an_address_that_means_nothing_is_refused(text: str) -> None:
    """At the start, with what to write."""
    with pytest.raises(ValueError, match="must be unix:"):
        read_address(text)


def test_addresses_are_read() -> None:
    """Also that of a sixth-generation network."""
    assert read_address("unix:/run/clamav/clamd.ctl") == "/run/clamav/clamd.ctl"
    assert read_address("tcp:127.0.0.1:3310") == ("127.0.0.1", 3310)
    assert read_address("tcp:::1:3310") == ("::1", 3310)
