"""A whole life in a few calls, for tests that need a row in every table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from coopbook import (
    decisions,
    deposits,
    ledger,
    loans,
    members,
    migrants,
    orders,
    proxies,
    savings,
    settlement,
)
from coopbook.cooperatives import Office, begin_term, close_day
from coopbook.decisions import DecisionBody
from coopbook.deposits import Rollover
from coopbook.members import MemberStatus, Relation, Risk, Verdict
from coopbook.money import Money, Rate
from coopbook.people import approvals
from coopbook.proxies import ProxyKind
from coopbook.savings import HoldReason
from coopbook.settlement import Heir
from tests.conftest import FIRST_DAY, TODAY, as_
from tests.coopbook.backing import back_on

LATER = date(2026, 3, 31)


def live_on(book):
    """Give Siti kin, heirs, a proxy, holds and deposits; let Harun leave."""
    siti = members.member(book, 1)
    decision = decisions.enter_decision(
        book, body=DecisionBody.BOARD, title="Umum", text="Umum", on=FIRST_DAY
    )
    members.correct(
        *(book, siti),
        born_on=date(1990, 1, 1),
        passport_no="B1234567",
        hamlet="Krajan",
        region_code="32.12.16",
        village_code="32.12.16.2004",
        occupation="Pedagang",
        source_of_funds="Warung",
        risk=Risk.LOW,
    )
    _family(book, siti)
    _abroad(book, siti)
    mandatory = savings.open_account(book, siti, savings.product(book, "mandatory"))
    savings.exempt(
        *(book, siti),
        first_month=202602,
        last_month=202602,
        reason="di Taiwan",
        decision=decision,
    )
    savings.end_exemption(book, savings.exemptions(book, siti)[0], on=TODAY)
    for _ in range(2):
        savings.agree_plan(book, siti, months=3, on=TODAY, note="sanggup")
    _savings(book, siti, mandatory)
    _deposits(book, siti)
    back_on(book)
    _leaver(book, decision)


def _abroad(book, siti):
    migrants.note_episode(
        *(book, siti, "HK"),
        on=TODAY,
        departed_on=date(2018, 2, 1),
        returned_on=date(2024, 1, 31),
    )


def _family(book, siti):
    spouse = members.admit(book, "Harun", on=FIRST_DAY)
    members.add_kin(book, siti, Relation.SPOUSE, other=spouse)
    members.add_kin(book, siti, Relation.CHILD, name="Budi")
    members.end_kin(book, siti, 2, on=TODAY)
    members.set_household(book, siti, name="Rumah Siti")
    heir = {"relation": Relation.CHILD, "share": 50, "on": TODAY}
    members.add_beneficiary(
        *(book, siti, "Budi"), national_id="3201015505700002", phone="08123", **heir
    )
    members.add_beneficiary(book, siti, "Wati", **heir)
    members.end_beneficiary(book, siti, 2, on=TODAY)
    members.judge(book, siti, spouse, Verdict.DIFFERENT, on=TODAY, reason="suami")


def _savings(book, siti, mandatory):
    voluntary = savings.account(book, 2)
    savings.deposit(book, voluntary, Money(20_000_000), on=TODAY)
    proxy = proxies.enter_proxy(
        *(book, siti, "Harun"),
        kind=ProxyKind.POWER,
        relation=Relation.SPOUSE,
        accounts=[voluntary.number],
        on=TODAY,
        valid_until=date(2026, 12, 31),
        monthly_limit=Money(1_000_000),
        paper="SK-1",
        national_id="3201015505700002",
        phone="081234",
        scan=1,
    )
    savings.withdraw(book, voluntary, Money(10_000), on=TODAY, proxy=proxy)
    proxies.revoke(book, proxy, on=TODAY, reason="pulang")
    hold = savings.hold(
        *(book, voluntary, Money(100_000)),
        why=HoldReason.COLLATERAL,
        note="pinjaman 1",
        on=TODAY,
        loan=1,
    )
    savings.release(book, hold, on=TODAY, note="lunas")
    savings.block(book, voluntary, on=TODAY, why="buku hilang")
    savings.unblock(book, voluntary)
    sent = savings.open_account(
        *(book, siti, savings.offer(book, "remittance", on=TODAY)), on=TODAY
    )
    savings.remit(
        *(book, siti, [savings.Purpose(sent, Money(500_000), "rumah")]),
        on=TODAY,
        payer="Siti",
        reference="WU-1",
        sent=savings.foreign("HKD", Decimal("250.5"), Decimal("2000")),
    )
    savings.set_goal(
        book, sent, "Rumah", Money(50_000_000), on=TODAY, wanted_by=date(2028, 1, 1)
    )
    savings.collect(
        *(book, [savings.Collected(mandatory, Money(25_000))]),
        on=TODAY,
        hamlet="Krajan",
        collector="Rina",
    )
    _standing_order(book, siti, voluntary)
    _late_entry(book, siti)
    _calendar(book)


def _standing_order(book, siti, voluntary):
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, siti, loans.product(book, "emergency"), Money(200_000)),
            term=2,
            purpose="sakit",
            on=FIRST_DAY,
        )
    with as_(book, "budi"):
        asked = loans.asked_for(book, loan)
        approvals.approve(book, asked.number, digest=asked.digest)
    loans.disburse(book, loan, on=TODAY)
    order = orders.order(book, loan, voluntary, on=TODAY)
    orders.run(book, date(2026, 4, 16))
    orders.end_order(book, order, on=date(2026, 4, 16))


def _late_entry(book, siti):
    """A payment of April is entered after one of May, so the May one is corrected."""
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, siti, loans.product(book, "emergency"), Money(300_000)),
            term=3,
            purpose="sekolah",
            on=FIRST_DAY,
        )
    with as_(book, "budi"):
        asked = loans.asked_for(book, loan)
        approvals.approve(book, asked.number, digest=asked.digest)
    loans.disburse(book, loan, on=TODAY)
    loans.repay(
        *(book, loan, Money(150_000)), on=date(2026, 5, 30), wish=loans.Wish.HOLD
    )
    loans.repay(book, loan, Money(50_000), on=date(2026, 4, 16))


def _calendar(book):
    close_day(book, date(2099, 1, 1), "Tahun Baru")
    begin_term(book, Office.BOARD, "Pengurus 2026", on=FIRST_DAY, source="RAT 2026")


def _deposits(book, siti):
    voluntary = savings.account(book, 2)
    deposits.set_deposit_terms(
        *(book, 1),
        rate=Rate.percent(6, "year"),
        valid_from=FIRST_DAY,
        source="RAT",
        kept_percent=50,
        penalty_percent=1,
    )
    entry = deposits.open_deposit(
        *(book, siti, voluntary, Money(10_000_000)),
        months=1,
        on=TODAY,
        rollover=Rollover.PRINCIPAL,
        heir="Budi",
    )
    deposit = deposits.deposit_in(book, entry)
    hold = deposits.pledge(book, deposit, note="pinjaman 2", on=TODAY, loan=1)
    savings.release(book, hold, on=TODAY, note="lunas")
    deposits.accrue(book, LATER)
    deposits.mature(book, deposit, on=date(2026, 4, 16))


def _leaver(book, decision):
    """Tono joins, leaves, and his heir is paid."""
    tono = members.admit(book, "Tono", on=FIRST_DAY)
    share = savings.open_account(book, tono, savings.product(book, "principal"))
    savings.deposit(book, share, Money(100_000), on=TODAY)
    members.change_standing(
        *(book, tono, MemberStatus.SUSPENDED),
        on=TODAY,
        reason="menunggak",
        decision=decision,
        until=date(2026, 5, 1),
    )
    row = settlement.begin(
        *(book, tono, MemberStatus.DECEASED),
        on=TODAY,
        reason="wafat",
        decision=decision,
    )
    heir = Heir(*("Ani", Money(100_000), Relation.CHILD, "akta 1", "3201015505700002"))
    entry = settlement.settle(book, row, on=TODAY, set_off=True, heirs=[heir])
    ledger.reverse(book, entry, on=TODAY, reason="salah")
    settlement.settle(book, row, on=TODAY, set_off=True, heirs=[heir])
    (payee,) = settlement.payees(book, row)
    settlement.pay_out(book, row, payee, on=TODAY)
