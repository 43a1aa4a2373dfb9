"""Normal forms of what tells a person apart, so that equal identifiers are equal. Pure; phone numbers are parsed outside."""

import re
import unicodedata
from typing import Final

DECORATION: Final = re.compile(r"[\s._\-~*'’`´!]+")


def plain(text: str) -> str:
    """Case, width and accents folded, spaces collapsed: for names and addresses."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def handle(text: str) -> str:
    """A handle without its @, address, case or decoration: “@Night_Owl.99” and “nightowl99” are the same."""
    bare = plain(text).rstrip("/").rsplit("/", 1)[-1].lstrip("@")
    return DECORATION.sub("", bare)


def email(text: str) -> str:
    """An e-mail address in lower case; dots and +tags before the @ are kept apart only where they matter to nobody."""
    name, _, host = plain(text).replace(" ", "").partition("@")
    name = name.split("+", 1)[0]
    return f"{name.replace('.', '')}@{host}" if host in ("gmail.com", "googlemail.com") else f"{name}@{host}"


def vehicle(text: str) -> str:
    """A registration mark: letters and digits only, upper case."""
    return re.sub(r"[^0-9A-Z]", "", plain(text).upper())


def digits(text: str) -> str:
    """The digits of a number that could not be parsed, such as the last four of a phone."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdigit())
