"""Years that end in the sample village: closed, decided on, handed out, taken."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from coopbook import (
    budgets,
    decisions,
    health,
    ledger,
    meetings,
    members,
    savings,
    surplus,
    yearend,
)
from coopbook.book import Book
from coopbook.decisions import Decision
from coopbook.health import Group
from coopbook.meetings import Matter, MeetingKind, Way
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.surplus import Policy, Pool
from coopbook.yearend import TextSubject

POLICY = Policy(
    {
        Pool.RESERVE: Fraction(30),
        Pool.CAPITAL: Fraction(20),
        Pool.PATRONAGE: Fraction(30),
        Pool.BOARD: Fraction(5),
        Pool.STAFF: Fraction(5),
        Pool.EDUCATION: Fraction(5),
        Pool.SOCIAL: Fraction(5),
    }
)


def agree_on_shares(book: Book, on: date) -> None:
    """Write down how the surplus is divided, from the first year on."""
    book.actor = "budi"
    surplus.set_policy(
        book, POLICY, first_year=on.year, source="AD pasal 45, contoh", on=on
    )


def end_year(book: Book, year: int, on: date) -> None:
    """Close a year, let the members decide, hand out what there is."""
    if not ledger.is_closed(book, f"{year}-12"):
        return
    book.actor = "yanti"
    row = yearend.close_year(book, year, today=on)
    _tell(book, year, on)
    book.actor = "budi"
    decision = _meet(book, year, on)
    yearend.approve_year(book, year, decision)
    if Money(row.surplus) <= ZERO:
        return
    surplus.approve(book, year, decision, on=on)
    book.actor = "yanti"
    done = surplus.post_surplus(book, year, on=on)
    for place, share in enumerate(surplus.shares_of(book, done)):
        if share.total and place % 3:
            _take(book, share.member_number, on, cash=place % 3 == 1)


def _tell(book: Book, year: int, on: date) -> None:
    """Let board and supervisors write their chapters, and plan the next year."""
    book.actor = "budi"
    for subject, body in (
        (
            TextSubject.BOARD,
            "Koperasi melayani anggota setiap hari kerja.\nSimpanan bertambah, dan"
            " pinjaman usaha dipakai untuk warung, ternak, dan kerajinan.",
        ),
        (
            TextSubject.PLAN,
            "Pelatihan pembukuan.\nPenagihan ke dusun dua kali sebulan.",
        ),
    ):
        yearend.write_text(book, year, subject, body, on=on)
    budgets.plan_like(book, year + 1, Fraction(5), on=on)
    book.actor = "sari"
    yearend.write_text(
        *(book, year, TextSubject.SUPERVISORS),
        "Kas dihitung tiap bulan. Buku diperiksa dan cocok.",
        on=on,
    )
    for group, yes, no in (
        *((Group.GENERAL, 10, 2), (Group.INSTITUTION, 5, 1), (Group.CAPITAL, 4, 1)),
        *((Group.ASSETS, 8, 2), (Group.LIQUIDITY, 4, 1)),
    ):
        health.answer(
            *(book, year, group), yes=yes, no=no, said_by="rapat pengawas", on=on
        )


def _meet(book: Book, year: int, on: date) -> Decision:
    """Hold the annual meeting in which everybody agrees."""
    meeting = meetings.call_meeting(
        book,
        kind=MeetingKind.ANNUAL,
        called_on=on - timedelta(days=14),
        held_on=on,
        begins_at="09.00",
        place="Balai Desa Contoh",
        agenda=f"Laporan pengurus dan pengawas {year}\nPembagian SHU {year}",
    )
    meetings.open_meeting(book, meeting, chair="Budi Hartono", secretary="Wati Kusuma")
    there = [
        one.number
        for one in members.register(book, limit=1_000)
        if one.status is MemberStatus.ACTIVE
    ]
    meetings.attend_all(book, meeting, there[: len(there) * 4 // 5], signed=True)
    motion = meetings.put_motion(
        book,
        meeting,
        matter=Matter.ORDINARY,
        title=f"Laporan dan SHU {year}",
        text=f"Laporan tahun {year} disahkan dan SHU dibagi menurut anggaran dasar.",
    )
    meetings.decide(book, motion, way=Way.CONSENSUS)
    meetings.close_meeting(book, meeting)
    return decisions.decisions(book, limit=1)[0]


def _take(book: Book, number: int, on: date, *, cash: bool) -> None:
    """Let a member take the surplus home, or leave it on savings."""
    book.actor = "rina"
    who = members.member(book, number)
    to = None if cash else savings.account_for(book, who, "voluntary")
    if who.status is MemberStatus.ACTIVE:
        surplus.pay(book, who, on=on, to=to)
