"""Names, sizes, archives, scans and withdrawals: what is refused, and with which sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import attachment as rule
from nightdesk.rules.attachment import CLEAN, FOUND, NOT_SCANNED, OUTCOMES, AttachmentRefused, Entry

MB = rule.MEGABYTE


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("IMG_1.JPG", "IMG_1.JPG"), ("../../etc/passwd", "passwd"), ("C:\\Users\\Jo\\chat.txt", "chat.txt"),
        ("  a \t b.pdf ", "a b.pdf"), ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),
        ("a\0b\r\n.png", "ab.png"), ("", ""), ("...", ""),
        ("cafe\u0301.png", "caf\u00e9.png"), ("صورة.jpg", "صورة.jpg"), ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        ("x" * 300, "x" * 120),
    ],
)  # fmt: skip
def test_a_name_is_one_tidy_line(came: str, kept: str) -> None:
    """No path, no control letters, nothing that turns the reading round."""
    assert rule.tidy_name(came) == kept


@given(st.text(max_size=400))
def test_a_tidy_name_stays_as_it_is(name: str) -> None:
    """Short, without a path; tidied twice it is the same."""
    kept = rule.tidy_name(name)
    assert len(kept) <= rule.LONGEST_NAME
    assert not set(kept) & set("/\\\n\r\0\u202e")
    assert rule.tidy_name(kept) == kept


@pytest.mark.parametrize(("name", "ending"), [("a.JPG", "jpg"), ("a", ""), (".jpg", ""), ("a.b.TXT", "txt")])
def test_the_ending_of_a_name(name: str, ending: str) -> None:
    """In small letters."""
    assert rule.extension_of(name) == ending


def test_outside_a_file_has_a_name_that_tells_nothing() -> None:
    """The reference and its number."""
    assert rule.download_name("K7M2-Q9XR", 3, "jpg") == "K7M2-Q9XR-03.jpg"


def test_empty_and_too_large_are_refused_with_what_to_do() -> None:
    """The limit itself is let in."""
    rule.refuse_if_too_large(100 * MB, 100 * MB)
    with pytest.raises(AttachmentRefused, match="empty"):
        rule.refuse_if_too_large(0, MB)
    with pytest.raises(AttachmentRefused, match=r"larger than 100 MB.*evidence system"):
        rule.refuse_if_too_large(100 * MB + 1, 100 * MB)


@pytest.mark.parametrize(
    ("entries", "refused"),
    [
        ([], False), ([Entry("a", 40 * MB, 1)], False), ([Entry("a", 60 * MB, MB)], False),
        ([Entry("a", 60 * MB, 1000)], True), ([Entry("a", 2001 * MB, 2000 * MB)], True),
        ([Entry("a", 0, 0)] * 20_001, True), ([Entry("a", 0, 0)] * 20_000, False),
    ],
)  # fmt: skip
def test_an_archive_that_swells_is_refused(entries: list[Entry], refused: bool) -> None:
    """By its directory: how many entries, how much in all, how many times as much."""
    if not refused:
        rule.refuse_if_bomb(entries)
        return
    with pytest.raises(AttachmentRefused, match="unpacks to far more"):
        rule.refuse_if_bomb(entries)


@pytest.mark.parametrize("scan", rule.SCANS)
@pytest.mark.parametrize("withdrawn", [False, True])
@pytest.mark.parametrize("knows", [False, True])
def test_what_may_be_downloaded(scan: str, withdrawn: bool, knows: bool) -> None:
    """Every combination: clean ones; those not scanned when it was said that this is known; nothing else."""
    may = not withdrawn and (scan == CLEAN or (scan == NOT_SCANNED and knows))
    if may:
        rule.refuse_if_not_for_download(scan, withdrawn=withdrawn, knows=knows)
        return
    with pytest.raises(AttachmentRefused):
        rule.refuse_if_not_for_download(scan, withdrawn=withdrawn, knows=knows)


@pytest.mark.parametrize("scan", rule.SCANS)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_is_settled_stays_settled(scan: str, outcome: str) -> None:
    """A scanner that later says nothing, or something else, changes nothing."""
    after = rule.next_scan(scan, outcome)
    if scan != NOT_SCANNED:
        assert after == scan
    else:
        assert after == (outcome if outcome in (CLEAN, FOUND) else NOT_SCANNED)


def test_tries_get_rarer_and_never_end() -> None:
    """Five minutes, then longer, at most twice a day."""
    minutes = [rule.retry_minutes(tries) for tries in range(0, 50)]
    assert minutes == sorted(minutes)
    assert (minutes[1], minutes[-1]) == (5, 720)


def test_a_withdrawal_says_why() -> None:
    """A reason of the list; another reason in words."""
    rule.refuse_if_withdrawal_incomplete("twice", "")
    rule.refuse_if_withdrawal_incomplete("other", "x")
    with pytest.raises(AttachmentRefused, match="Choose why"):
        rule.refuse_if_withdrawal_incomplete("because", "x")
    with pytest.raises(AttachmentRefused, match="few words"):
        rule.refuse_if_withdrawal_incomplete("other", "  ")


def test_what_the_scanner_calls_it_is_kept_as_a_code() -> None:
    """It comes from outside: no words, no markup, not long."""
    assert rule.signature_code("Win.Test.EICAR_HDB-1") == "Win.Test.EICAR_HDB-1"
    assert rule.signature_code("<b>x</b> y" + "z" * 200) == ("_b_x_b_y" + "z" * 200)[:80]
