"""What has to stay on a kind of savings, and when it falls asleep, may change."""

from datetime import date

import pytest

from coopbook import savings
from coopbook.ledger.rules import NotAnAmount
from coopbook.money import ZERO, Money
from coopbook.savings.offering import SharesStay, SleepsTooSoon
from coopbook.savings.rules import NotEnoughSaved
from tests.conftest import TODAY


@pytest.fixture
def kind(book):
    return savings.product(book, "voluntary")


def test_what_has_to_stay_holds_for_every_account_from_now_on(book, kind):
    account = savings.account(book, 2)
    assert savings.available(book, account, TODAY) == Money(90_000)

    savings.set_conditions(book, kind, minimum_balance=Money(40_000), dormant_months=12)
    assert savings.available(book, account, TODAY) == Money(60_000)
    with pytest.raises(NotEnoughSaved):
        savings.withdraw(book, account, Money(60_001), on=TODAY)

    savings.set_conditions(book, kind, minimum_balance=ZERO, dormant_months=12)
    savings.withdraw(book, account, Money(100_000), on=TODAY)
    assert savings.balance(book, account) == ZERO


def test_when_it_falls_asleep_can_be_sooner_later_or_never(book, kind):
    account, far = savings.account(book, 2), date(2026, 12, 31)
    for months, since in ((6, date(2026, 1, 1)), (13, None), (None, None)):
        savings.set_conditions(book, kind, minimum_balance=ZERO, dormant_months=months)
        assert savings.asleep_since(book, account, far) == since, months


def test_shares_and_nonsense_are_refused(book, kind):
    share = savings.product(book, "principal")
    with pytest.raises(SharesStay):
        savings.set_conditions(book, share, minimum_balance=ZERO, dormant_months=1)
    for months in (0, -1, 601):
        with pytest.raises(SleepsTooSoon):
            savings.set_conditions(
                book, kind, minimum_balance=ZERO, dormant_months=months
            )
    with pytest.raises(NotAnAmount):
        savings.set_conditions(
            book, kind, minimum_balance=Money(-1), dormant_months=None
        )
