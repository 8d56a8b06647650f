"""A receipt: what is on it, how long the paper is, how it can be checked."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import segno
from flask_babel import gettext as _
from markupsafe import Markup

from coopbook import ledger, members
from coopbook.book import Book
from coopbook.ledger import Entry, Line
from coopbook.money import Money
from coopbook.printing.slip import check_code, members_behind, slip_of
from webui.wording import label, word

__all__ = ["PAPERS", "Slip", "check_code", "page_size", "receipt_of"]

PAPERS = {"58": 58, "80": 80, "a5": 148}
A5 = (148, 210)


@dataclass(frozen=True, slots=True)
class Slip:
    """Everything on a receipt; nothing on paper that is not in the book."""

    number: int
    title: str
    voucher: str
    booked_on: date
    recorded_at: str
    member: str
    memo: str
    amount: Money
    balances: list[tuple[str, Money]]
    actor: str
    code: str
    qr: Markup
    undone: str | None
    back: int | None
    copy: int


def receipt_of(book: Book, entry: Entry, *, prints: int = 0) -> Slip:
    """Gather a receipt from an entry; ``prints`` says the how many-th paper it is.

    The first is the receipt itself, and every later one a numbered copy.
    """
    slip, member = slip_of(book, entry, prints=prints), _member(book, entry)
    lines = _on_cards(entry) if slip.balances else []
    cards = [ledger.account(book, line.account_number) for line in lines]
    return Slip(
        number=entry.number,
        title=word(entry.kind),
        voucher=entry.voucher,
        booked_on=entry.booked_on,
        recorded_at=entry.recorded_at,
        member=f"{member.number} · {member.name}" if member else "",
        memo=entry.memo,
        amount=slip.amount,
        balances=[
            (_("Balance of %(card)s", card=label(account)), after)
            for account, (_name, after) in zip(cards, slip.balances, strict=True)
        ],
        actor=entry.actor,
        code=slip.code,
        qr=_qr(f"{entry.voucher} {slip.code}"),
        undone=slip.undone or None,
        back=member.number if member else None,
        copy=slip.copy,
    )


def _on_cards(entry: Entry) -> list[Line]:
    return [line for line in entry.lines if line.card_number]


def _member(book: Book, entry: Entry) -> members.Member | None:
    known = members_behind(book, entry.lines)
    return members.member(book, known[0]) if len(known) == 1 else None


def _qr(text: str) -> Markup:
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, scale=3, border=2, title=text
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - drawn by segno, no input


def page_size(slip: Slip, paper: str) -> tuple[int, int]:
    """Return width and height of the paper in millimetres.

    A roll is cut where the receipt ends, so its height is counted from the lines;
    ``58mm auto`` would make the browser print on a letter sheet.
    """
    if paper == "a5":
        return A5
    width = PAPERS[paper]
    letters = 26 if paper == "58" else 40
    texts = [slip.memo, slip.member, slip.undone or ""]
    wrapped = sum(len(text) // (letters // 2) for text in texts)
    rows = 15 + len(slip.balances) * 2 + wrapped + bool(slip.copy) * 2
    return width, 60 + rows * 6
