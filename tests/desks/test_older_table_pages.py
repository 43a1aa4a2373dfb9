"""A pack made by an older edition of the table: the page says what to do, it can be done, and nothing of it is lost."""

from uuid import uuid4

import pytest

from nightdesk.outside.current import pack
from nightdesk.records.sharing import SharedPack
from nightdesk.rules.pack_found import Entries
from tests.desks.counter_pages import Counter
from tests.desks.test_sharing_pages import consented, hidden, reference, sana, with_isva
from tests.newer_pack import EDITION, newer_pack

__all__ = ["reference", "sana"]  # fixtures
SENT = {"move": "send", "way": "secure_mail", "address": "Harbour, their secure box", "seen": "0"}
AGAIN = "Make it again by the new table"


@pytest.fixture
def made(sana: Counter, reference: str) -> str:
    """The address of a pack of the contact alone: the name was left out."""
    to = with_isva(sana, reference)
    consented(sana, to)
    return make(sana, f"{to}pack/?purpose=support", groups=["contact"])


def make(sana: Counter, preview: str, **more: object) -> str:
    """What a preview shows, made: with the groups that it ticked, or with these."""
    page = sana.page(preview)
    ticked = [group for group in ("name", "contact") if is_ticked(page, group)]
    seen, purpose = hidden(page, "seen"), hidden(page, "purpose")
    sent = {"groups": ticked, "seen": seen, "purpose": purpose, "key": str(uuid4())} | more
    answer = sana.post(preview.split("?")[0], **sent)
    assert answer.status_code == 302, answer.text
    return str(answer["Location"])


def is_ticked(page: str, group: str) -> bool:
    """Whether a group stands ticked on a preview."""
    box = page.split(f'value="{group}"')[1].split(">")[0]
    return "checked" in box


def test_what_nobody_took_is_made_again_as_it_was(sana: Counter, made: str) -> None:
    """The page says so and leads there; what was left out is left out; the old one is set aside."""
    assert AGAIN not in sana.page(made)
    with newer_pack():
        page = sana.page(made)
        assert AGAIN in page
        assert ("Take the file (PDF)" in page, 'value="send"' in page) == (False, False)
        refused = sana.post(f"{made}move/", **SENT)
        assert (refused.status_code, "as the page of the pack offers" in refused.text) == (422, True)
        assert SENT["address"] in refused.text
        again = make(sana, page.split(f'">{AGAIN}')[0].split('href="')[-1].replace("&amp;", "&"))
        newest = SharedPack.objects.order_by("-made_at").first()
        assert newest is not None
        assert (newest.edition, list(newest.basis)) == (EDITION, ["contact"])
        assert AGAIN not in sana.page(again)
        assert sana.post(f"{made}move/", move="set_aside", seen="0").status_code == 302
        assert sana.post(f"{again}move/", **SENT).status_code == 302


@pytest.mark.parametrize("gone", [False, True])
def test_what_was_taken_before_is_still_written_down_as_sent_and_can_be_stopped(
    sana: Counter, made: str, *, gone: bool
) -> None:
    """It is a fact, whatever the newer table says; even when that knows no such recipient any more."""
    assert sana.post(f"{made}file/").status_code == 200
    kinds = Entries([kind for kind in pack().recipients if kind.id != "isva"])
    with newer_pack(**({"recipients": kinds} if gone else {})):
        page = sana.page(made)
        assert "If it was sent already, write that down below" in page
        assert sana.post(f"{made}file/").status_code == 422
        assert sana.post(f"{made}move/", **SENT).status_code == 302
        told = SENT | {"move": "ask_to_delete", "seen": "1"}
        assert sana.post(f"{made}move/", **told).status_code == 302
    assert SharedPack.objects.get().state == "asked_to_delete"


def test_what_the_person_does_not_let_go_is_not_written_down_as_sent_by_that(
    sana: Counter, made: str
) -> None:
    """A yes that had run out when it is said to have gone stays a no, whoever took the file."""
    assert sana.post(f"{made}file/").status_code == 200
    SharedPack.objects.update(purpose="examination")
    with newer_pack():
        refused = sana.post(f"{made}move/", **SENT)
    assert (refused.status_code, "does not cover this" in refused.text) == (422, True)
