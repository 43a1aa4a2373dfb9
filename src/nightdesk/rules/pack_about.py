"""What a pack is, for where, and whose: its header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class About:
    """What a pack is, for where, and whose (pack.toml)."""

    name: str
    title: str
    country: str
    edition: str
    languages: tuple[str, ...]
    time_zone: str
    emergency_number: str
    non_emergency_number: str
    owner: str
    review_on: date
    role_names: Mapping[str, str]
    holiday_region: str = (
        ""  # part of the country whose bank holidays count, such as "ENG"; "": the whole country's
    )
