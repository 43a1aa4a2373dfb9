"""Who sits at the closing pages: the specialist of the case and the supervisor of its unit, for every file about closing."""

import pytest
from django.test import Client

from tests.desks.counter_pages import Counter
from tests.people import Cast, signed_in


@pytest.fixture
def sana(cast: Cast, reference: str) -> Counter:
    """The specialist who has it."""
    return Counter(signed_in(Client(), cast.sana))


@pytest.fixture
def maud(cast: Cast, reference: str) -> Counter:
    """The supervisor of the unit."""
    return Counter(signed_in(Client(), cast.maud))
