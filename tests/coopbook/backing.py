"""What stands behind loans, in a few calls, for tests that need a row of each."""

from __future__ import annotations

from datetime import date

from coopbook import appraisal, groups, loans, members, rounds, savings, security
from coopbook.appraisal import FIVE_C, Judgement, Recommendation
from coopbook.groups import Given, Meets
from coopbook.money import Money
from coopbook.people import approvals
from coopbook.security import CollateralKind
from tests.conftest import FIRST_DAY, TODAY, as_

MAY = date(2026, 5, 18)


def back_on(book):
    """Let five neighbours found a group, borrow in it, and pay for each other."""
    street = [
        _joined(book, name) for name in ("Wati", "Tuti", "Yanti", "Endang", "Ida")
    ]
    group = groups.found_group(
        *(book, "Melati Krajan", street),
        leader=street[0],
        meets=Meets.MONTHLY,
        first_meeting=date(2026, 2, 18),
        on=FIRST_DAY,
        place="Balai dusun",
        hamlet="Krajan",
    )
    groups.leave(book, group, street[4], on=MAY, note="pindah")
    groups.join(book, group, street[4], on=MAY)
    lent = [_lent(book, group, who) for who in street[:2]]
    _secured(book, lent[0], street[2])
    (kept,) = rounds.make_lists(book, date(2026, 4, 16), on=TODAY, hamlet="Krajan")
    paid = {loan.number: Money(10_000) for _, loan in rounds.rows_of(book, kept)[:1]}
    rounds.key_in(
        *(book, kept, paid),
        on=date(2026, 4, 16),
        control=Money(10_000),
        collector="Rina",
    )
    loans.look_after(book, lent, "rina", on=TODAY)
    loans.quote(book, lent[0], on=MAY, valid_to=date(2026, 5, 25))
    _met(book, group, lent, street)


def _joined(book, name):
    who = members.admit(book, name, on=FIRST_DAY)
    members.correct(book, who, hamlet="Krajan")
    share = savings.open_account(book, who, savings.product(book, "principal"))
    savings.deposit(book, share, Money(100_000), on=TODAY)
    return who


def _lent(book, group, who):
    with as_(book, "dewi"):
        loan = groups.apply_for(
            *(book, group, who, loans.product(book, "emergency"), Money(120_000)),
            term=3,
            purpose="warung",
            on=FIRST_DAY,
        )
        appraisal.appraise(
            *(book, loan),
            on=FIRST_DAY,
            business="Warung sayur",
            income=Money(3_000_000),
            expenses=Money(1_500_000),
            judged=dict.fromkeys(FIVE_C, Judgement.GOOD),
            recommends=Recommendation.LESS,
            amount=Money(100_000),
            visited_on=FIRST_DAY,
            dependants=2,
            note="rajin",
        )
    with as_(book, "budi"):
        asked = loans.asked_for(book, loan)
        approvals.approve(book, asked.number, digest=asked.digest)
    loans.disburse(book, loan, on=TODAY)
    return loan


def _secured(book, loan, neighbour):
    voluntary = savings.open_account(
        book, neighbour, savings.product(book, "voluntary")
    )
    savings.deposit(book, voluntary, Money(100_000), on=TODAY)
    security.guarantee(
        *(book, loan, Money(50_000)),
        on=TODAY,
        relation="tetangga",
        member=neighbour,
        account=voluntary,
    )
    row = security.pledge(
        *(book, loan),
        kind=CollateralKind.VEHICLE,
        description="Honda Beat 2019",
        document="BPKB N-01234567",
        owner="Wati",
        relation="sendiri",
        value=Money(8_000_000),
        appraised_by="Dewi",
        kept_where="Lemari besi",
        on=TODAY,
        insured_until=date(2027, 1, 1),
    )
    asked = security.release_collateral(
        *(book, row), to="Wati", on=TODAY, note="diganti emas"
    )
    with as_(book, "budi"):
        approvals.approve(book, asked.number, digest=asked.digest)


def _met(book, group, lent, street):
    due = {
        row.loan.number: row.due for row in groups.sheet(book, group, MAY) if row.loan
    }
    given = [
        Given(lent[0], due[lent[0].number]),
        Given(lent[1], Money(5_000), ((street[2], Money(20_000)),)),
    ]
    groups.meet(
        *(book, group),
        on=MAY,
        given=given,
        present=[who.number for who in street[:4]],
        note="hujan",
    )
    groups.give_back(book, group, 1, Money(8_000), on=MAY, note="tunai")
    for loan in lent:
        left = loans.payoff(book, loan, MAY).total
        if left:
            loans.repay(book, loan, left, on=MAY)
    groups.lift(book, group, on=MAY, why="lunas")
