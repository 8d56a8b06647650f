"""Bad debts in the sample village: visits, promises, letters, one written off."""

from __future__ import annotations

from datetime import date, timedelta

from coopbook import baddebts, decisions, dunning, loans, security
from coopbook.baddebts import daily
from coopbook.book import Book
from coopbook.decisions import DecisionBody
from coopbook.dunning import LateReason, StepKind
from coopbook.loans import Loan
from coopbook.money import Money
from coopbook.people import approvals

CLASSED_FOR = 31
"""So many days the log of classes goes back."""

VISITED, WARNED, LONG_AGO = 7, 14, 200
TOLD = (
    (LateReason.HARVEST, "Panen mundur karena hujan."),
    (LateReason.REMITTANCE, "Kiriman dari Hong Kong belum datang."),
    (LateReason.BUSINESS, "Warung sepi sejak pasar pindah."),
    (LateReason.FORGOT, "Lupa tanggalnya."),
)


def befall(book: Book, today: date) -> None:
    """Let late loans be visited and warned, one be written off, all be classed."""
    daily.class_loans(book, today - timedelta(days=CLASSED_FOR))
    late = [each for each in baddebts.assess(book, today).rows if each.days]
    late.sort(key=lambda each: -each.days)
    for place, each in enumerate(late):
        _collect(book, each.loan, each.days, today, place)
    lost = [
        each.loan
        for each in late
        if each.days > LONG_AGO and not security.cover_of(book, each.loan, today).total
    ]
    if lost:
        _write_off(book, lost[0], today)
    daily.class_loans(book, today)


def _collect(book: Book, loan: Loan, days: int, today: date, place: int) -> None:
    """Let the officer see to a late loan, the more the longer it is late."""
    book.actor = "dewi"
    due = today - timedelta(days=days)
    if days > LONG_AGO:
        for after in (WARNED, 2 * WARNED, 3 * WARNED):
            sent_on = due + timedelta(days=after)
            dunning.send_letter(
                *(book, loan),
                on=sent_on,
                meeting_on=sent_on + timedelta(days=VISITED),
                meeting_place="Kantor koperasi, pukul 19.30",
            )
    if days <= VISITED:
        return
    why, said = TOLD[place % len(TOLD)]
    seen = max(due + timedelta(days=VISITED), today - timedelta(days=WARNED))
    dunning.note_step(
        *(book, loan, StepKind.VISIT),
        on=seen,
        met=loan.member.name,
        why=why,
        note=said,
        promised=Money(100_000) if place % 2 else None,
        promised_on=seen + timedelta(days=VISITED) if place % 2 else None,
    )


def _write_off(book: Book, loan: Loan, today: date) -> None:
    """Let the board decide, the officer ask, the supervisor agree; a brother pays."""
    book.actor = "budi"
    decided = decisions.enter_decision(
        book,
        body=DecisionBody.BOARD,
        title=f"Hapus buku pinjaman {loan.number}",
        text="Peminjam pindah tanpa alamat; tiga surat peringatan tidak dijawab.",
        on=today,
    ).number
    book.actor = "yanti"
    baddebts.provide(book, today)
    book.actor = "dewi"
    if baddebts.propose_write_off(book, loan, today).missing:
        return
    asked = baddebts.ask_write_off(
        *(book, loan),
        on=today,
        decision_number=decided,
        reason="pindah tanpa alamat",
    )
    book.actor = "sari"
    approvals.approve(book, asked.number, digest=asked.digest)
    book.actor = "rina"
    baddebts.recover(
        book, loans.loan(book, loan.number), Money(150_000), on=today, payer="Kakaknya"
    )
