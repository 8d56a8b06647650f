"""A village that lends, whole in the end, and one neighbour in it."""

from __future__ import annotations

import pytest

from tests.coopbook.baddebts.test_assessing import by_law
from tests.coopbook.earlywarning.villages import settled_street
from tests.coopbook.rounds.neighbours import whole


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


@pytest.fixture
def wati(village):
    return settled_street(village, ("Wati",))[0]
