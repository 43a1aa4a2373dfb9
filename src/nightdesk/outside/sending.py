"""Why a message did not leave, in our own codes: never a provider's words, which could repeat what was sent."""

from typing import ClassVar


class Unsent(OSError):
    """A message did not leave. `code` says why; `wait` is how many seconds the provider asks us to wait (None: as usual)."""

    permanent: ClassVar = False

    def __init__(self, code: str, wait: int | None = None) -> None:
        super().__init__(code)
        self.code, self.wait = code, wait


class BadAddress(Unsent):
    """It can never leave to this address: the next way is tried, and this one is marked as failed."""

    permanent: ClassVar = True

    def __init__(self) -> None:
        super().__init__("bad_address")
