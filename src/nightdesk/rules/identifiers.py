"""Normal forms of what tells a person apart, so that equal identifiers are equal. Pure; phone numbers are parsed outside."""

import re
import unicodedata
from typing import Final

DECORATION: Final = re.compile(r"[\s._\-~*'’`´!]+")


def plain(text: str) -> str:
    """Case, width and accents folded, spaces collapsed, invisible marks dropped: for names and addresses."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = (c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join("".join(seen).split())


def handle(text: str) -> str:
    """A handle without its @, address, case or decoration: “@Night_Owl.99” and “nightowl99” are the same."""
    bare = re.split(r"[?#]", plain(text))[0].rstrip("/ ").rsplit("/", 1)[-1]
    return DECORATION.sub("", bare).lstrip("@")


def email(text: str) -> str:
    """An e-mail address in lower case without its +tag; for Gmail without dots too, since its mailboxes ignore them."""
    name, _, host = plain(text).replace(" ", "").rpartition("@")
    name = name.split("+", 1)[0]
    if host in ("gmail.com", "googlemail.com"):
        return f"{name.replace('.', '')}@gmail.com"
    return f"{name}@{host}"


def vehicle(text: str) -> str:
    """A registration mark: letters and digits only, upper case."""
    return "".join(c for c in plain(text).upper() if c.isalnum())


def digits(text: str) -> str:
    """The digits of a number that could not be parsed, such as the last four of a phone, written 0 to 9 in any script."""
    return "".join(str(unicodedata.digit(c)) for c in unicodedata.normalize("NFKC", text) if c.isdigit())


def tells_apart(normal: str) -> bool:
    """Whether a normal form says anything: “unknown” typed as a phone, or “?” as a name, must not make strangers equal."""
    return any(
        c.isalnum() or unicodedata.category(c) == "So" for c in normal
    )  # So: a handle may be nothing but emoji
