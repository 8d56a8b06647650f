"""Every event of members and savings leaves the journal the chart asks for.

Each row: what happens, and its lines as account, debit, credit, in thousands of
rupiah; the accounts are those of domain guide 5.2.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coopbook import deposits, ledger, members, savings, settlement
from coopbook.deposits import Pays, Rollover
from coopbook.ledger import post_voucher
from coopbook.money import Money, Rate
from coopbook.savings import Channel
from tests.conftest import FIRST_DAY

ON = date(2026, 2, 2)
HALF_YEAR = date(2026, 8, 2)


def k(units):
    return Money(units * 1000)


def lines(entry):
    return [
        (line.account_number, line.debit.units / 1000, line.credit.units / 1000)
        for line in entry.lines
    ]


class World:
    """Siti has shares and savings; Ani is a candidate; deposits earn 6 % a year."""

    def __init__(self, book):
        self.book = book
        self.siti = members.member(book, 1)
        self.ani = members.member(book, 2)
        self.voluntary = savings.account(book, 2)
        mandatory = savings.product(book, "mandatory")
        self.mandatory = savings.open_account(book, self.siti, mandatory)
        share = savings.product(book, "principal")
        self.share = savings.open_account(book, self.ani, share)
        savings.deposit(book, self.voluntary, k(13_900), on=FIRST_DAY)
        deposits.set_deposit_terms(
            *(book, 6),
            rate=Rate.percent(6, "year"),
            valid_from=FIRST_DAY,
            source="rapat",
            day_count=savings.DayCount.TWELFTH,
            kept_percent=50,
            penalty_percent=1,
        )

    def tie(self, **more):
        more = {"months": 6, "on": ON} | more
        entry = deposits.open_deposit(
            self.book, self.siti, self.voluntary, k(10_000), **more
        )
        return deposits.deposit_in(self.book, entry)


def join(world):
    return savings.deposit(world.book, world.share, k(100), on=ON)


def join_by_parts(world):
    savings.deposit(world.book, world.share, k(40), on=ON)
    return savings.deposit(world.book, world.share, k(60), on=ON)


def mandatory(world):
    return savings.deposit(world.book, world.mandatory, k(25), on=ON)


def book_fee(world):
    return post_voucher(
        *(world.book, "income", k(5)),
        on=ON,
        memo="Buku anggota",
        debit_account=11102,
        credit_account=41010,
    )


def voluntary(world):
    return savings.deposit(world.book, world.voluntary, k(250), on=ON)


def by_transfer(world):
    return savings.deposit(
        *(world.book, world.voluntary, k(250)),
        on=ON,
        channel=Channel.BANK,
        payer="Suami",
        reference="TRF-88",
    )


def withdrawal(world):
    return savings.withdraw(world.book, world.voluntary, k(90), on=ON)


def between_members(world):
    join(world)
    theirs = savings.open_account(
        world.book, world.ani, savings.product(world.book, "voluntary")
    )
    return savings.transfer(world.book, world.voluntary, theirs, k(70), on=ON)


def remittance(world):
    product = savings.offer(world.book, "remittance", on=ON)
    sent = savings.open_account(world.book, world.siti, product)
    return savings.remit(
        *(world.book, world.siti),
        [
            savings.Purpose(sent, k(2_000), "rumah"),
            savings.Purpose(world.mandatory, k(50), "simpanan wajib"),
        ],
        on=ON,
        payer="Siti, Hong Kong",
        reference="WU 123",
        sent=savings.foreign("HKD", Decimal("1008.00"), Decimal("2034.5")),
    )


def a_round(world):
    return savings.collect(
        world.book,
        [
            savings.Collected(world.mandatory, k(25)),
            savings.Collected(world.voluntary, k(10)),
        ],
        on=ON,
        hamlet="Krajan",
        collector="Rina",
        field_cash=True,
    )


def monthly_interest(world):
    """Siti earns 1 % a month on 30 million: 300,000, of which 10 % is kept back."""
    savings.deposit(world.book, world.voluntary, k(16_000), on=FIRST_DAY)
    tiers = (savings.Tier(Money(0), Rate.percent(1, "month")),)
    terms = savings.InterestTerms(
        savings.Basis.MINIMUM, tiers, savings.DayCount.TWELFTH
    )
    kind = savings.product(world.book, "voluntary")
    savings.set_terms(
        world.book, kind, terms, valid_from=date(2026, 2, 1), source="rapat"
    )
    savings.deposit(world.book, world.voluntary, k(0) + Money(1), on=date(2026, 2, 1))
    posted = savings.post_interest(world.book, kind, "2026-02")
    return ledger.entry(world.book, posted.entry_number)


def tie_cash(world):
    return deposits.open_deposit(
        *(world.book, world.siti, world.voluntary, k(10_000)),
        months=6,
        on=ON,
        channel=Channel.CASH,
    )


def tie_savings(world):
    return deposits.open_deposit(
        world.book, world.siti, world.voluntary, k(10_000), months=6, on=ON
    )


def accrue(world):
    world.tie()
    return deposits.accrue(world.book, date(2026, 3, 2))


def pay_monthly(world):
    deposit = world.tie(pays=Pays.MONTHLY)
    deposits.accrue(world.book, date(2026, 3, 2))
    return deposits.pay(world.book, deposit, date(2026, 3, 2), on=date(2026, 3, 2))


def pay_taxed(world):
    """Six months of 50,000 at once are above the 240,000 that stay free."""
    deposit = world.tie()
    deposits.accrue(world.book, HALF_YEAR)
    return deposits.pay(world.book, deposit, HALF_YEAR, on=HALF_YEAR)


def mature(world):
    return deposits.mature(world.book, world.tie(), on=HALF_YEAR)


def roll_over(world):
    deposit = world.tie(rollover=Rollover.PRINCIPAL)
    return deposits.mature(world.book, deposit, on=HALF_YEAR)


def roll_over_whole(world):
    deposit = world.tie(rollover=Rollover.WHOLE)
    return deposits.mature(world.book, deposit, on=HALF_YEAR)


def break_in_cash(world):
    """Two months earn 100,000; half is kept, one percent of ten million is paid."""
    deposit = world.tie()
    ledger.post(
        world.book,
        on=ON,
        memo="Batas",
        lines=[ledger.debit(11102, k(1)), ledger.credit(43009, k(1))],
    )
    book = world.book
    from coopbook.cooperatives import set_setting

    set_setting(book, "payout_limit", 50_000_000, valid_from=ON, source="rapat")
    return deposits.break_early(book, deposit, on=date(2026, 4, 2), in_cash=True)


def pledge(world):
    deposit = world.tie()
    before = ledger.entries(world.book, limit=1).rows[0].number
    deposits.pledge(world.book, deposit, note="Pinjaman 7", on=ON)
    assert deposits.standing(world.book, deposit, ON).holds[0].amount == k(10_000)
    return ledger.entries(world.book, limit=1).rows[0].number - before


def leave(world):
    savings.deposit(world.book, world.mandatory, k(25), on=ON)
    row = settlement.begin(
        *(world.book, world.siti, members.MemberStatus.RESIGNED),
        on=ON,
        reason="pindah",
    )
    return settlement.settle(world.book, row, on=ON, set_off=True)


def leave_paid(world):
    leave(world)
    row = settlement.settlement(world.book, 1)
    (payee,) = settlement.payees(world.book, row)
    return settlement.pay_out(world.book, row, payee, on=ON)


NOTHING = 0
"""A lien posts no entry."""
EVENTS = [
    (join, [(11102, 100, 0), (31001, 0, 100)]),
    (join_by_parts, [(11102, 60, 0), (31001, 0, 60)]),
    (mandatory, [(11102, 25, 0), (31002, 0, 25)]),
    (book_fee, [(11102, 5, 0), (41010, 0, 5)]),
    (voluntary, [(11102, 250, 0), (21101, 0, 250)]),
    (by_transfer, [(11201, 250, 0), (21101, 0, 250)]),
    (withdrawal, [(21101, 90, 0), (11102, 0, 90)]),
    (between_members, [(21101, 70, 0), (21101, 0, 70)]),
    (remittance, [(11201, 2_050, 0), (21104, 0, 2_000), (31002, 0, 50)]),
    (a_round, [(11104, 35, 0), (31002, 0, 25), (21101, 0, 10)]),
    (monthly_interest, [(51001, 300, 0), (21101, 0, 270), (21601, 0, 30)]),
    (tie_cash, [(11102, 10_000, 0), (21203, 0, 10_000)]),
    (tie_savings, [(21101, 10_000, 0), (21203, 0, 10_000)]),
    (accrue, [(51002, 50, 0), (21301, 0, 50)]),
    (pay_monthly, [(21301, 50, 0), (21101, 0, 50)]),
    (pay_taxed, [(21301, 300, 0), (21101, 0, 270), (21601, 0, 30)]),
    (mature, [(21203, 10_000, 0), (21101, 0, 10_000)]),
    (roll_over, [(21203, 10_000, 0), (21203, 0, 10_000)]),
    (roll_over_whole, [(21203, 10_000, 0), (21101, 270, 0), (21203, 0, 10_270)]),
    (
        break_in_cash,
        [
            (21203, 10_000, 0),
            (21301, 100, 0),
            (51002, 0, 50),
            (43009, 0, 100),
            (11102, 0, 9_950),
        ],
    ),
    (pledge, NOTHING),
    (
        leave,
        [(31001, 100, 0), (31002, 25, 0), (21101, 14_000, 0), (21404, 0, 14_125)],
    ),
    (leave_paid, [(21404, 14_125, 0), (11102, 0, 14_125)]),
]


@pytest.mark.parametrize(
    ("happens", "expected"), EVENTS, ids=[each.__name__ for each, _ in EVENTS]
)
def test_an_event_leaves_its_journal(book, happens, expected):
    entry = happens(World(book))

    assert (entry if expected == NOTHING else lines(entry)) == expected
    for control in (21101, 31001, 31002, 21203, 21104, 21404):
        cards = ledger.cards(book, control)
        held = sum(
            ledger.card_balance(book, control, card.number).units for card in cards
        )
        assert held == ledger.account_balance(book, control).units
