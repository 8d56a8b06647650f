"""All cards at once are what each card says alone, on any day."""

from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coopbook import ledger, savings
from coopbook.ledger.rules import Side
from coopbook.money import Money
from tests.conftest import FIRST_DAY, TODAY
from tests.coopbook.statements.test_statements import random_entry


@settings(
    deadline=None,
    max_examples=15,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_every_card_is_what_it_says_alone(coop, seed):
    chance = random.Random(seed)
    with coop.open() as book:
        for _ in range(12):
            random_entry(book, chance, FIRST_DAY + timedelta(chance.randint(0, 200)))
        account = savings.account(book, 2)
        for _ in range(5):
            on = FIRST_DAY + timedelta(chance.randint(0, 200))
            savings.deposit(book, account, Money(chance.randint(1, 10**6)), on=on)
        for _ in range(4):
            on = FIRST_DAY + timedelta(chance.randint(0, 210))
            for (number, card), units in ledger.all_card_balances(book, on).items():
                grows = ledger.account(book, number).normal_balance
                alone = ledger.card_balance(book, number, card, on).units
                assert units == (alone if grows is Side.DEBIT else -alone)
        book.session.rollback()


def test_cards_that_never_moved_are_left_out(book):
    found = ledger.all_card_balances(book, TODAY)
    assert all(isinstance(units, int) for units in found.values())
    assert sum(found.values()) == 0
    assert ledger.all_card_balances(book, FIRST_DAY - timedelta(1)) == {}
