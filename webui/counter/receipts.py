"""A receipt: what is on it, how long the paper is, how it can be checked."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import segno
from flask_babel import gettext as _
from markupsafe import Markup

from coopbook import ledger, loans, members, savings
from coopbook.book import Book
from coopbook.ledger import Entry, Line
from coopbook.money import Money
from webui.desk import total
from webui.wording import label, word

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


def check_code(entry: Entry) -> str:
    """Return the short code by which a member can check a receipt.

    It is the beginning of the entry's hash, so a receipt with another amount or
    another name has another code.
    """
    start = entry.hash[:8].upper()
    return f"{start[:4]}-{start[4:]}"


def member_behind(book: Book, line: Line) -> int | None:
    """Return the member whose card a line is on, if it is a member's."""
    if line.loan_number is not None:
        return loans.loan(book, line.loan_number).member_number
    account = book.get(savings.SavingsAccount, line.card_number)
    if account is None or account.account_number != line.account_number:
        return None
    return account.member_number


def receipt_of(book: Book, entry: Entry, *, prints: int = 0) -> Slip:
    """Gather a receipt from an entry; ``prints`` says the how many-th paper it is.

    The first is the receipt itself, and every later one a numbered copy.
    """
    member, balances = None, []
    for line in entry.lines:
        if not line.card_number:
            continue
        account = ledger.account(book, line.account_number)
        number = member_behind(book, line)
        if number is not None:
            member = members.member(book, number)
        after = ledger.card_balance(book, line.account_number, line.card_number)
        balances.append((_("Balance of %(card)s", card=label(account)), after))
    undone = ledger.reversal_of(book, entry)
    code = check_code(entry)
    return Slip(
        number=entry.number,
        title=word(entry.kind),
        voucher=entry.voucher,
        booked_on=entry.booked_on,
        recorded_at=entry.recorded_at,
        member=f"{member.number} · {member.name}" if member else "",
        memo=entry.memo,
        amount=total(line.debit for line in entry.lines),
        balances=balances,
        actor=entry.actor,
        code=code,
        qr=_qr(f"{entry.voucher} {code}"),
        undone=undone.voucher if undone else None,
        back=member.number if member else None,
        copy=max(prints - 1, 0),
    )


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
