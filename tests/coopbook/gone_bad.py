"""Loans that went bad, in a few calls, for tests that need one of each."""

from __future__ import annotations

from datetime import date, timedelta

from coopbook import (
    baddebts,
    cooperatives,
    decisions,
    dunning,
    loans,
    savings,
    security,
)
from coopbook.baddebts import Judging, daily
from coopbook.decisions import DecisionBody
from coopbook.dunning import Copy, LateReason, StepKind
from coopbook.money import Money
from coopbook.security import CollateralKind
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.rounds.neighbours import approve, furnish_street, lend

LATE = date(2026, 11, 2)
"""A monthly loan of March or before of which nothing was paid is lost by then."""


def by_law(book, name, value):
    """Let a by-law have another figure from the beginning."""
    rows = cooperatives.settings(book, name)
    rows[-1].value = str(value)
    book.session.flush()


def decided(book, on=LATE, body=DecisionBody.BOARD, title="Hapus buku"):
    """Let the board or the supervisors decide something."""
    return decisions.enter_decision(
        book, body=body, title=title, text="Disetujui.", on=on
    ).number


def warn(book, loan, on=LATE, copies=()):
    """Send the three letters, the last on a day."""
    for times in (2, 1, 0):
        day = on - timedelta(days=14 * times)
        dunning.send_letter(book, loan, on=day, copies=copies)


def written_off(book, loan, on=LATE, by="sari"):
    """Write a loan off through everything it takes; return the entry."""
    warn(book, loan, on)
    baddebts.provide(book, on)
    asked = baddebts.ask_write_off(
        book,
        loan,
        on=on,
        decision_number=decided(book, on),
        reason="pindah tanpa kabar",
    )
    return approve(book, asked, by)


def go_bad(book, begun=FIRST_DAY):
    """Let four neighbours borrow and not pay; leave a row of everything behind."""
    by_law(book, "share_arrears_to_borrow", 99)
    people = furnish_street(book, ("Lasmi", "Marni", "Narti", "Parti"), "Sukun", begun)
    gone, pledged = (lend(book, who, on=begun) for who in people[:2])
    dunning.consent(
        *(book, gone),
        on=begun,
        paper="Map 3",
        decision_number=decided(book, begun),
    )
    dunning.note_step(
        *(book, gone, StepKind.VISIT),
        on=LATE - timedelta(days=60),
        met="Ibu mertua",
        why=LateReason.AWAY,
        note="rumah kosong",
        promised=Money(100_000),
        promised_on=LATE - timedelta(days=50),
        next_step="datang lagi",
        next_on=LATE - timedelta(days=49),
    )
    dunning.note_step(book, gone, StepKind.NOTE, on=LATE - timedelta(days=59))
    dunning.strike(book, gone, 2, on=LATE, reason="salah pinjaman")
    dunning.send_letter(
        *(book, gone), on=LATE - timedelta(days=28), copies=[Copy.VILLAGE]
    )
    baddebts.judge(
        *(book, gone, Judging.HANDED_OVER),
        on=LATE - timedelta(days=28),
        reason="tidak ditemui",
        reference="Pengadilan Negeri, 12/Pdt.G.S/2026",
    )
    for days in (14, 0):
        dunning.send_letter(book, gone, on=LATE - timedelta(days=days))
    baddebts.provide(book, LATE)
    asked = baddebts.ask_write_off(
        *(book, gone), on=LATE, decision_number=decided(book), reason="pindah"
    )
    approve(book, asked, "sari")
    baddebts.recover(book, gone, Money(200_000), on=LATE, payer="Kakak")
    by_law(book, "waiver_body", 1)
    asked = baddebts.ask_waiver(
        *(book, gone, Money(50_000)),
        on=LATE,
        decision_number=decided(book, title="Hapus tagih"),
        reason="sakit",
    )
    approve(book, asked, "sari")
    (waiver,) = baddebts.waivers(book)
    baddebts.tell_waiver(book, waiver, on=LATE)
    _foreclosed(book, pledged, begun)
    daily.class_loans(book, LATE)
    return gone, pledged


def _foreclosed(book, loan, begun):
    with as_(book, "dewi"):
        row = security.pledge(
            *(book, loan),
            kind=CollateralKind.VEHICLE,
            description="Sepeda motor",
            document="BPKB X-1",
            owner="Marni",
            relation="sendiri",
            value=Money(900_000),
            appraised_by="Dewi",
            kept_where="Lemari",
            on=begun,
        )
        asked = baddebts.ask_foreclosure(
            *(book, loan, row, Money(700_000)),
            on=LATE,
            decision_number=decided(book, title="Ambil alih"),
            reason="setuju menyerahkan",
        )
    approve(book, asked, "sari")
    (taken,) = baddebts.foreclosures(book)
    baddebts.sell(
        *(book, taken, Money(750_000)),
        on=LATE,
        buyer="Pak Harto",
        to_borrower=Money(30_000),
    )


def voluntary(book, who):
    """Return a member's voluntary savings."""
    return savings.account_for(book, who, "voluntary")


def owed(book, loan, on=LATE):
    """Return what ends a loan on a day."""
    return loans.to_date(book, loan, on)
