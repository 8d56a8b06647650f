"""What members and savings are besides money in and out, in the sample village."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from coopbook import (
    decisions,
    deposits,
    meetings,
    members,
    orders,
    proxies,
    savings,
    settlement,
)
from coopbook.book import Book
from coopbook.dates import months_after
from coopbook.decisions import Decision, DecisionBody, DocumentKind
from coopbook.deposits import Pays, Rollover
from coopbook.loans import LoanState, loans_of
from coopbook.meetings import Matter, MeetingKind, Way
from coopbook.members import Member, MemberStatus, Relation
from coopbook.money import Money, Rate
from coopbook.proxies import ProxyKind
from coopbook.savings import Channel, HoldReason, SavingsAccount
from coopbook.savings.crediting import NothingEarned

VOLUNTARY = "voluntary"


def set_terms(book: Book, on: date) -> None:
    """Let voluntary savings and term deposits earn from the first day on."""
    tiers = (savings.Tier(Money(0), Rate.percent(3, "year")),)
    terms = savings.InterestTerms(savings.Basis.DAILY, tiers)
    kind = savings.product(book, VOLUNTARY)
    savings.set_terms(book, kind, terms, valid_from=on, source="Rapat pendirian")
    for months, percent in ((1, 4), (3, 5), (6, 6), (12, 7)):
        deposits.set_deposit_terms(
            *(book, months),
            rate=Rate.percent(percent, "year"),
            valid_from=on,
            source="Rapat pendirian",
            kept_percent=50,
            penalty_percent=1,
        )


def post_interest(book: Book, month: str) -> None:
    """Post a month's interest, where anybody earned some."""
    try:
        savings.post_interest(book, savings.product(book, VOLUNTARY), month)
    except NothingEarned:
        return


class Matters:
    """What is entered on the last day, so that every desk has something on it."""

    def __init__(self, book: Book, joined: list[int], today: date) -> None:
        self.book, self.joined, self.today = book, joined, today

    def happen(self) -> None:
        """Enter families, proxies, deposits, meetings, a collection, a leaving."""
        self.book.actor = "budi"
        board = self._meetings()
        self.book.actor = "rina"
        self._families()
        self._savings()
        self._deposits()
        self.book.actor = "budi"
        self._leaving(board)

    def _member(self, place: int) -> Member:
        return members.member(self.book, self.joined[place])

    def _voluntary(self, who: Member) -> SavingsAccount:
        account = savings.account_for(self.book, who, VOLUNTARY)
        assert account is not None
        return account

    def _saved(self, amount: int, but: int = 0) -> list[Member]:
        """Return members with at least so much in voluntary savings."""
        found = []
        for number in self.joined:
            who = members.member(self.book, number)
            account = self._voluntary(who)
            awake = savings.asleep_since(self.book, account, self.today) is None
            free = savings.available(self.book, account, self.today)
            if number != but and awake and free >= Money(amount):
                found.append(who)
        return found

    def _meetings(self) -> Decision:
        book, today = self.book, self.today
        held = today - timedelta(days=40)
        meeting = meetings.call_meeting(
            book,
            kind=MeetingKind.ANNUAL,
            called_on=held - timedelta(days=14),
            held_on=held,
            begins_at="09.00",
            place="Balai Desa Contoh",
            agenda="Laporan pengurus\nRencana kerja",
        )
        meetings.open_meeting(
            book, meeting, chair="Budi Hartono", secretary="Wati Kusuma", on=held
        )
        came = self.joined[: len(self.joined) * 3 // 4]
        meetings.attend_all(book, meeting, came, signed=True)
        for title, against in (("Laporan pengurus", 0), ("Rencana kerja", 4)):
            motion = meetings.put_motion(
                *(book, meeting),
                matter=Matter.ORDINARY,
                title=title,
                text=f"{title} diterima.",
            )
            meetings.decide(
                *(book, motion),
                way=Way.SHOW_OF_HANDS,
                votes_for=len(came) - against,
                votes_against=against,
                abstained=0,
            )
        meetings.close_meeting(book, meeting, notes="Ditutup pukul 11.40.")
        meetings.call_meeting(
            book,
            kind=MeetingKind.ORDINARY,
            called_on=today,
            held_on=today + timedelta(days=14),
            begins_at="13.00",
            place="Balai Desa Contoh",
            agenda="Koperasi dan sekolah anak PMI",
        )
        for kind, title, days in (
            (DocumentKind.BYLAWS, "Anggaran Dasar dan Rumah Tangga", None),
            (DocumentKind.LICENCE, "Izin usaha simpan pinjam", 25),
        ):
            decisions.enter_document(
                *(book,),
                kind=kind,
                title=title,
                on=today,
                issued_on=today - timedelta(days=1_000),
                expires_on=today + timedelta(days=days) if days else None,
            )
        return decisions.enter_decision(
            book,
            body=DecisionBody.BOARD,
            title="Bebas simpanan wajib selama di luar negeri",
            text="Anggota yang bekerja di luar negeri bebas selama kontraknya.",
            on=today,
        )

    def _families(self) -> None:
        book, first, second = self.book, self._member(0), self._member(1)
        members.add_kin(book, first, Relation.SIBLING, other=second)
        house = members.set_household(book, first, name="Rumah Dusun Krajan 3")
        members.set_household(book, second, household=house.number)
        for name, share in (("Anak Pertama", 60), ("Anak Kedua", 40)):
            members.add_beneficiary(
                *(book, first, name),
                relation=Relation.CHILD,
                share=share,
                on=self.today,
            )
        proxies.enter_proxy(
            *(book, first, "Suami Contoh"),
            kind=ProxyKind.POWER,
            relation=Relation.SPOUSE,
            accounts=[self._voluntary(first).number],
            on=self.today,
            valid_until=months_after(self.today, 6),
            monthly_limit=Money(1_000_000),
            paper="SK-01",
        )

    def _savings(self) -> None:
        book, today, first = self.book, self.today, self._member(0)
        kind = savings.offer(book, "remittance", on=today)
        sent = savings.open_account(book, first, kind, on=today)
        savings.set_goal(
            *(book, sent, "Renovasi rumah", Money(40_000_000)),
            on=today,
            wanted_by=months_after(today, 18),
        )
        savings.remit(
            *(book, first),
            [
                savings.Purpose(sent, Money(2_500_000), "rumah"),
                savings.Purpose(self._voluntary(first), Money(500_000), "dapur"),
            ],
            on=today,
            payer="Suami, Hong Kong",
            reference="WU-0042",
            sent=savings.foreign("HKD", Decimal("1500"), Decimal("2010")),
            channel=Channel.BANK,
        )
        savings.hold(
            *(book, self._voluntary(first), Money(200_000)),
            why=HoldReason.GUARANTEE,
            note="menjamin pinjaman adik",
            on=today,
        )
        rows = savings.sheet(book, today, hamlet="Dusun Melati")
        gave = [
            savings.Collected(row.mandatory, row.calendar.owed)
            for row in rows
            if row.mandatory and row.calendar.owed
        ]
        if gave:
            savings.collect(
                book, gave, on=today, hamlet="Dusun Melati", collector="Rina Marlina"
            )
        for number in self.joined:
            who = members.member(book, number)
            if savings.share_standing(book, who, today).calendar.missed:
                savings.agree_plan(book, who, months=4, on=today, note="sanggup")
                break
        self._standing_order()

    def _standing_order(self) -> None:
        for who in self._saved(300_000):
            for loan in loans_of(self.book, who):
                if loan.state is LoanState.DISBURSED:
                    account = self._voluntary(who)
                    orders.order(self.book, loan, account, on=self.today)
                    return

    def _deposits(self) -> None:
        for months, who in zip((3, 6, 12), self._saved(1_050_000), strict=False):
            deposits.open_deposit(
                *(self.book, who, self._voluntary(who), Money(1_000_000)),
                months=months,
                on=self.today,
                rollover=Rollover.PRINCIPAL,
                pays=Pays.MONTHLY if months == 6 else Pays.AT_MATURITY,
            )

    def _leaving(self, board: Decision) -> None:
        book, today = self.book, self.today
        savings.exempt(
            *(book, self._member(2)),
            first_month=today.year * 100 + today.month,
            last_month=today.year * 100 + today.month,
            reason="bekerja di Taiwan",
            decision=board,
        )
        free = [
            who
            for who in (self._member(-3), self._member(-4), self._member(-5))
            if all(one.state is not LoanState.DISBURSED for one in loans_of(book, who))
        ]
        for place, who in enumerate(free[:2]):
            row = settlement.begin(
                *(book, who, MemberStatus.RESIGNED), on=today, reason="pindah domisili"
            )
            if place:
                settlement.settle(book, row, on=today, set_off=True)
