"""Exported chats: who said what and when; what can't be read stays as it came, and no line is lost."""

import json
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nightdesk.rules import chat
from nightdesk.rules.chat import SAID, SYSTEM, UNREAD, ChatUnreadable, Message, read_telegram, read_whatsapp

MORNING = datetime(2026, 1, 2, 9, 5)  # noqa: DTZ001 - an export has no zone


@pytest.mark.parametrize(
    "line",
    [
        "02/01/2026, 09:05 - Jo: Hello", "2/1/26, 9:05 - Jo: Hello", "02.01.26, 09:05 - Jo: Hello",
        "2026-01-02, 09:05 - Jo: Hello",
        "02/01/2026, 9:05 am - Jo: Hello", "02/01/2026, 9:05\u202fAM - Jo: Hello", "2/1/26, 9:05 a. m. - Jo: Hello",
        "[02/01/2026, 09:05:00] Jo: Hello",
        "\u200e[02/01/2026, 9:05:00\u202fAM] ~\u202fJo: Hello", "[02.01.26, 09:05:00] Jo: Hello",
        "02/01/2026 09:05 - Jo: Hello", "02/01/2026, 09.05 - Jo: Hello",
    ],
)  # fmt: skip
def test_each_way_in_which_phones_write_a_line_is_read(line: str) -> None:
    """Android and iOS, 12 and 24 hours, dates as the phone's language has them."""
    assert read_whatsapp(line) == (Message(MORNING, "Jo", "Hello", SAID, line),)


@pytest.mark.parametrize(
    ("half", "hour"), [("12:30 AM", 0), ("12:30 PM", 12), ("1:30 PM", 13), ("11:30 pm", 23), ("11:30 am", 11)]
)
def test_noon_and_midnight_are_not_mixed_up(half: str, hour: int) -> None:
    """Twelve at night is nought."""
    at = read_whatsapp(f"02/01/2026, {half} - Jo: x")[0].at
    assert at
    assert (at.hour, at.minute) == (hour, 30)


def test_the_month_comes_first_when_a_second_number_can_be_no_month() -> None:
    """As phones set to American English write; else the day comes first."""
    both = read_whatsapp("1/2/26, 09:05 - Jo: a\n1/31/26, 09:05 - Jo: b\n")
    assert [one.at for one in both] == [MORNING, MORNING.replace(day=31)]
    assert read_whatsapp("1/2/26, 09:05 - Jo: a")[0].at == MORNING.replace(day=1, month=2)


def test_a_message_of_several_lines_is_one() -> None:
    """Empty lines too, whatever line ends the phone writes; a colon or a clock inside is no new message."""
    text = "02/01/2026, 09:05 - Jo: one\r\n\r\nat 10:00 - Sam: come\r\n02/01/2026, 09:06 - Sam: ok\r\n"
    first, second = read_whatsapp(text)
    assert first.words == "one\n\nat 10:00 - Sam: come"
    assert (second.who, second.words) == ("Sam", "ok")


def test_lines_of_the_app_and_what_was_left_out_are_said_to_be_that() -> None:
    """No person said them; and something was sent that is not in the text."""
    text = (
        "02/01/2026, 09:05 - Messages and calls are end-to-end encrypted.\n02/01/2026, 09:05 - Jo: <Media omitted>\n"
        "02/01/2026, 09:05 - Jo: IMG-1.jpg (file attached)\n[02/01/2026, 09:05:00] Jo: \u200evideo omitted\n"
        "[02/01/2026, 09:05:00] Jo: <attached: 0001.opus>\n02/01/2026, 09:05 - Jo: no media here\n"
    )
    found = read_whatsapp(text)
    assert [one.how for one in found] == [SYSTEM, *[SAID] * 5]
    assert [one.media for one in found] == [False, True, True, True, True, False]
    assert found[0].who == ""


def test_what_cannot_be_read_stands_as_it_came() -> None:
    """Lines before the first message, days that are in no calendar, brackets that don't close."""
    text = "Exported for Jo\n99/99/2026, 09:05 - Jo: x\n02/01/2026, 09:05 - Jo: hi\n[02/01/2026, 09:06 - Sam: y\n"
    found = read_whatsapp(text)
    assert [(one.how, one.raw) for one in found[:2]] == [
        (UNREAD, "Exported for Jo\n"), (UNREAD, "99/99/2026, 09:05 - Jo: x\n"),
    ]  # fmt: skip
    assert found[2].words == "hi\n[02/01/2026, 09:06 - Sam: y"


LINES = st.one_of(
    st.text(max_size=40),
    st.builds(
        "{}{}/{}/{}, {}:{} - {}: {}".format, st.sampled_from(["", "[", "\u200e"]), st.integers(0, 40), st.integers(0, 14),
        st.sampled_from(["26", "2026", "0", "9999"]), st.integers(0, 25), st.sampled_from(["00", "59", "77"]),
        st.text(max_size=8), st.text(max_size=20),
    ),
)  # fmt: skip


@given(st.lists(LINES, max_size=20), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]), st.booleans())
@example(["31/12/26, 10:00 - a: b", "\u2028", "\x85x"], "\n", True)
def test_no_letter_of_a_chat_is_lost(lines: list[str], end: str, last: bool) -> None:
    """What the messages were read from is, one after the other, the text; every word of it is in what is shown."""
    text = end.join(lines) + (end if last else "")
    found = read_whatsapp(text)
    assert "".join(one.raw for one in found) == text
    for one in found:
        shown = one.who + one.words
        assert one.how in (SAID, SYSTEM, UNREAD)
        for word in one.raw.split("\n")[1:]:  # whatever came after the head of a message
            assert word.removesuffix("\r") in shown


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """And looked at: nothing falls over."""
    assert "".join(one.raw for one in read_whatsapp(text)) == text
    assert chat.looks_like_whatsapp(text) in (True, False)
    assert chat.looks_like_telegram(text) in (True, False)


def test_a_long_message_and_many_take_time_in_proportion() -> None:
    """A hundred thousand lines in one message, and as many messages."""
    long = read_whatsapp("02/01/2026, 09:05 - Jo: x\n" + "more\n" * 100_000)
    assert (len(long), long[0].words.count("\n")) == (1, 100_000)
    assert len(read_whatsapp("02/01/2026, 09:05 - Jo: x\n" * 100_000)) == 100_000


def test_telegram_is_read_with_its_pieces_and_its_own_lines() -> None:
    """Text in pieces, a photo, somebody who joined, an entry that is none."""
    entries = [
        {"type": "message", "date": "2026-01-02T09:05:00", "from": "Jo", "text": ["See ", {"text": "this"}]},
        {"type": "message", "date": "2026-01-02T09:05:00", "from": "Jo", "text": "", "photo": "a.jpg"},
        {"type": "service", "date": "2026-01-02T09:05:00", "actor": "Sam", "action": "phone_call", "text": ""},
        {"type": "message", "date": "nonsense", "from": None, "text": "x"},
        {"type": "message", "text": [1, 2]}, 7,
    ]  # fmt: skip
    found = read_telegram(json.dumps({"name": "x", "messages": entries}))
    assert [(one.who, one.words, one.how, one.media) for one in found[:4]] == [
        ("Jo", "See this", SAID, False), ("Jo", "", SAID, True),
        ("Sam", "phone call", SYSTEM, False), ("", "x", SAID, False),
    ]  # fmt: skip
    assert [one.how for one in found[4:]] == [UNREAD, UNREAD]
    assert found[5].words == "7"
    assert found[0].at == MORNING
    assert found[3].at is None


KEYS = st.sampled_from(["text", "from", "date", "type", "photo", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=8))
def test_each_entry_of_telegram_is_one_message(entries: list[object]) -> None:
    """Whatever it holds; its text is in what is shown."""
    found = read_telegram(json.dumps({"chats": {"list": [{"messages": entries}]}}))
    assert len(found) == len(entries)
    for one, entry in zip(found, entries, strict=True):
        text = entry.get("text") if isinstance(entry, dict) else None
        if isinstance(text, str):
            assert text in one.words
        assert json.loads(one.raw) == entry


@pytest.mark.parametrize("text", ["", "{", "[1]", "3", "[" * 100_000, '"x"', "nul"])
def test_a_file_that_is_no_export_is_said_to_be_none(text: str) -> None:
    """With what to do instead."""
    with pytest.raises(ChatUnreadable, match="Download it instead"):
        read_telegram(text)
    assert not chat.looks_like_telegram(text)


def test_a_chat_is_told_from_any_other_text() -> None:
    """A shopping list is none; a diary with a date at its top is none."""
    assert chat.looks_like_whatsapp("02/01/2026, 09:05 - Jo: x\nmore\n02/01/2026, 09:05 - Jo: x")
    assert not chat.looks_like_whatsapp("Milk\nBread\n")
    assert not chat.looks_like_whatsapp("")
    assert not chat.looks_like_whatsapp("02/01/2026, 09:05 - Friday\n" + "He was there again.\n" * 9)
    assert chat.looks_like_telegram('{"name": "x", "messages": []}')
    assert not chat.looks_like_telegram('{"steps": 4}')
