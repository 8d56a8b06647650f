"""What a room pays above the limit waits for a second person, as a voucher does."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coopbook import assets, funds, goods, ledger
from coopbook.cooperatives import set_setting
from coopbook.funds import FundUseKind
from coopbook.funds.rules import SOCIAL
from coopbook.ledger import Entry, chart
from coopbook.ledger.rules import PeriodClosed
from coopbook.ledger.vouchers import ask_to_pay
from coopbook.money import Money
from coopbook.people import Approval, approvals
from coopbook.people.rules import NotYourDecision, OwnRequest
from tests.conftest import FIRST_DAY, TODAY, as_
from tests.coopbook.goods.shop import KILO, RICE, opened
from tests.coopbook.yearend.years import earned

LIMIT = 2_000_000


def asset(book, amount):
    return assets.enter_asset(
        *(book, "Motor"),
        account=13_003,
        cost=Money(amount),
        on=TODAY,
        months=48,
        paid_from=chart.BANK,
    )


def fund(book, amount):
    return funds.use_fund(
        *(book, FundUseKind.GATHERING, Money(amount)),
        whom="takjil warga",
        on=TODAY,
        paid_from=chart.BANK,
    )


def stock(book, amount):
    lines = [(RICE, 100 * KILO, Money(amount))]
    return goods.buy(book, lines, on=TODAY, paid_from=chart.BANK)


ROOMS = {"asset": asset, "fund": fund, "stock": stock}


@pytest.fixture
def rich(book):
    """A book with a shop, ten million in the bank and three in the social fund."""
    opened(book)
    earned(book, 7_000_000, on=FIRST_DAY)
    lines = [
        ledger.debit(chart.BANK, Money(3_000_000)),
        ledger.credit(SOCIAL, Money(3_000_000)),
    ]
    ledger.post(book, on=FIRST_DAY, memo="bagian SHU", lines=lines)
    return book


def kept(book):
    """Return how far the book came and what the rooms hold."""
    return (
        ledger.account_balance(book, chart.BANK),
        len(assets.assets(book)),
        len(funds.uses(book)),
        goods.tied(book).stock,
    )


@pytest.mark.parametrize("room", ROOMS)
def test_a_rupiah_above_the_limit_waits_and_is_posted_when_agreed(rich, room):
    before = kept(rich)
    asked = ROOMS[room](rich, LIMIT + 1)
    assert isinstance(asked, Approval)
    assert kept(rich) == before
    with pytest.raises(OwnRequest):
        approvals.approve(rich, asked.number, digest=asked.digest)
    with as_(rich, "tono"), pytest.raises(NotYourDecision):
        approvals.approve(rich, asked.number, digest=asked.digest)
    with as_(rich, "budi"):
        done = approvals.approve(rich, asked.number, digest=asked.digest)
    assert not isinstance(done, Approval)
    bank, *held = kept(rich)
    assert bank == before[0] - Money(LIMIT + 1)
    assert held != list(before[1:])
    last = rich.session.scalar(
        select(Entry)
        .where(Entry.cooperative_id == rich.cooperative_id)
        .order_by(Entry.number.desc())
        .limit(1)
    )
    assert last.approval == asked.number
    assert last.memo == approvals.request_of(asked)["memo"]


@pytest.mark.parametrize("room", ROOMS)
def test_up_to_the_limit_one_person_pays(rich, room):
    before = kept(rich)
    assert not isinstance(ROOMS[room](rich, LIMIT), Approval)
    assert kept(rich)[0] == before[0] - Money(LIMIT)


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_refused_waits_for_nobody(rich, room):
    asked = ROOMS[room](rich, LIMIT + 1)
    before = kept(rich)
    with as_(rich, "budi"):
        approvals.refuse(rich, asked.number, reason="terlalu mahal")
    assert kept(rich) == before


@pytest.mark.parametrize("room", ROOMS)
def test_a_closed_month_is_refused_when_asked_and_when_agreed(rich, room):
    asked = ROOMS[room](rich, LIMIT + 1)
    for month in range(1, TODAY.month + 1):
        ledger.close(rich, f"{TODAY.year}-{month:02d}")
    with pytest.raises(PeriodClosed):
        ROOMS[room](rich, LIMIT + 1)
    with as_(rich, "budi"), pytest.raises(PeriodClosed):
        approvals.approve(rich, asked.number, digest=asked.digest)


def test_a_fund_is_judged_again_when_it_is_agreed(rich):
    first, second = fund(rich, LIMIT + 1), fund(rich, LIMIT + 1)
    with as_(rich, "budi"):
        approvals.approve(rich, first.number, digest=first.digest)
        with pytest.raises(funds.FundTooSmall):
            approvals.approve(rich, second.number, digest=second.digest)


def test_the_limit_is_the_by_laws_of_the_day(rich):
    set_setting(
        *(rich, "voucher_limit", 5_000_000),
        valid_from=date(2026, 1, 1),
        source="rapat",
        on=date(2025, 12, 31),
    )
    assert not isinstance(asset(rich, 5_000_000), Approval)
    assert isinstance(asset(rich, 5_000_001), Approval)


def test_what_is_owed_or_in_the_books_already_waits_for_nobody(rich):
    lines = [(RICE, 100 * KILO, Money(9_000_000))]
    entry = goods.buy(rich, lines, on=TODAY, paid_from=None, supplier="UD Makmur")
    assert entry.voucher.startswith("BM-")
    row = assets.enter_asset(
        rich, "Gedung", account=13_002, cost=Money(9_000_000), on=TODAY, months=240
    )
    assert row.bought_by is None


def test_a_request_carries_the_journal(rich):
    lines = [ledger.debit(13_003, Money(5)), ledger.credit(chart.BANK, Money(5))]
    asked = ask_to_pay(rich, assets.BUY, {}, lines, memo="Beli", on=TODAY)
    assert approvals.request_of(asked)["lines"] == [[13_003, 5, 0], [11_201, 0, 5]]
