"""Text messages by GOV.UK Notify, with its own client. One client a message: the client is not safe between threads.

The template of the force holds one field, ((text)). Source: Notify's API documentation, client 13.0.0.
"""

import contextlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from notifications_python_client.errors import HTTPError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from nightdesk.outside.sending import BadAddress, Unsent

ADDRESS: Final = "https://api.notifications.service.gov.uk"
SECONDS: Final = 10  # a provider that says nothing for this long counts as out
SLOW_DOWN_SECONDS: Final = 60  # Notify counts its limit by the minute
PHONE_FAULT: Final = "phone_number"  # how Notify begins what it says of a number that is none
LONGEST_WAIT: Final = 600


def send_text(
    address: str, *, key: str, template: str, to: str, text: str, reference: str, again: bool
) -> str:
    """Let a text message leave; returns Notify's id of it. Raises Unsent; BadAddress for a number that is none.

    `reference` is the same at every attempt: tried `again` after a worker died, Notify is first asked whether it has it.
    """
    with _notify(address, key) as client:
        if again and (known := client.get_all_notifications(reference=reference)["notifications"]):
            return str(known[0]["id"])
        taken = client.send_sms_notification(
            phone_number=to, template_id=template, personalisation={"text": text}, reference=reference
        )
        return str(taken["id"])


def text_state(address: str, *, key: str, provider_ref: str) -> str:
    """What became of a text message, in Notify's code (delivered, permanent-failure, …). Raises Unsent."""
    with _notify(address, key) as client:
        return str(client.get_notification_by_id(provider_ref)["status"])


@contextlib.contextmanager
def _notify(address: str, key: str) -> Iterator[NotificationsAPIClient]:
    """A client for one message; its faults become ours, without what they repeat of what was sent."""
    client = NotificationsAPIClient(key, base_url=address, timeout=SECONDS)
    try:
        yield client
    except HTTPError as fault:
        raise _unsent(fault) from None
    except (InvalidResponse, KeyError, TypeError):
        raise Unsent("not_understood") from None
    finally:
        client.request_session.close()


def _unsent(fault: HTTPError) -> Unsent:
    status = fault.status_code
    if fault.response is None:
        return Unsent("no_answer")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Unsent("rate_limited", wait=wait_asked(fault.response.headers.get("Retry-After")))
    if status == HTTPStatus.BAD_REQUEST and PHONE_FAULT in str(fault.message):
        return BadAddress()
    return Unsent("server_fault" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "refused")


def wait_asked(header: str | None) -> int:
    """Whole seconds that a Retry-After header asks for; a minute when it says nothing we understand, never hours."""
    return min(int(header), LONGEST_WAIT) if header and header.strip().isdecimal() else SLOW_DOWN_SECONDS
