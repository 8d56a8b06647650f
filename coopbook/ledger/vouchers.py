"""General vouchers: by template or as a free journal, with a paper behind them.

Above a limit that the cooperative sets, money that leaves needs a second person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.errors import Missing, Refused
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.accounts import enter_accounts
from coopbook.ledger.model import Attachment, Entry
from coopbook.ledger.posting import check_open, post
from coopbook.ledger.queries import account as find_account
from coopbook.ledger.rules import (
    Draft,
    NoSuchCard,
    VoucherKind,
    check_amount,
    check_lines,
    check_reason,
    credit,
    debit,
)
from coopbook.ledger.templates import BANKS, CASH, MONEY, VoucherTemplate, template
from coopbook.money import ZERO, Money
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role

KIND = "ledger.voucher"
LARGEST_PAPER = 2_000_000
PAPERS = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file handed in: its name, its kind, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(eq=False)
class NoSuchTemplate(Missing):
    """There is no voucher of that kind."""

    sentence = N_("There is no voucher called %(key)s.")

    key: str


@dataclass(eq=False)
class NotAChoice(Refused):
    """The account is not one that this voucher moves."""

    sentence = N_("This voucher does not use account %(number)s. Choose from its list.")

    number: int


@dataclass(eq=False)
class SameAccount(Refused):
    """Money does not move from an account to itself."""

    sentence = N_("Choose two different accounts to move money between.")


@dataclass(eq=False)
class KeptBackTooMuch(Refused):
    """What is kept back is less than the whole."""

    sentence = N_("%(kept)s cannot be kept back from %(amount)s.")

    kept: Money
    amount: Money


@dataclass(eq=False)
class NotAPaper(Refused):
    """An attachment is a picture or a PDF of moderate size."""

    sentence = N_("Attach a PDF, JPEG or PNG file of at most 2 MB.")


def kind_of(lines: Sequence[Draft]) -> VoucherKind:
    """Return the kind of paper: where money leaves first, then where it enters."""
    for accounts, left, right in (
        (CASH, VoucherKind.BKM, VoucherKind.BKK),
        (BANKS, VoucherKind.BBM, VoucherKind.BBK),
    ):
        if any(line.account in accounts and line.credit for line in lines):
            return right
        if any(line.account in accounts and line.debit for line in lines) and not any(
            line.account in MONEY and line.credit for line in lines
        ):
            return left
    return VoucherKind.BM


def leaving(lines: Sequence[Draft]) -> Money:
    """Return how much money leaves the cooperative, own transfers set aside."""
    units = sum(
        line.credit.units - line.debit.units for line in lines if line.account in MONEY
    )
    return Money(max(units, 0))


def above_limit(book: Book, lines: Sequence[Draft], on: date) -> bool:
    """Say whether more money leaves than one person pays by the by-laws of a day."""
    return leaving(lines) > Money(setting(book, "voucher_limit", on))


def ask_to_pay(
    book: Book,
    kind: str,
    request: dict[str, Any],
    lines: Sequence[Draft],
    *,
    memo: str,
    on: date,
) -> Approval:
    """Ask a second person for what a room pays above the limit.

    ``request`` is what its kind of request does by name; memo, day and lines are added,
    so that maker and checker see the journal.
    """
    told = [[line.account, line.debit.units, line.credit.units] for line in lines]
    return ask(
        *(book, kind, f"voucher:{kind}"),
        {**request, "memo": memo, "on": on, "lines": told},
        days=setting(book, "approval_days", on),
    )


def _choose(asked: int | None, choices: tuple[int, ...]) -> int:
    if asked is None:
        return choices[0]
    if asked not in choices:
        raise NotAChoice(asked)
    return asked


def lines_for(
    of: VoucherTemplate,
    amount: Money,
    *,
    debit_account: int | None = None,
    credit_account: int | None = None,
    extra: Money = ZERO,
) -> list[Draft]:
    """Return the lines of a voucher; raise when an account or amount does not fit."""
    check_amount(amount)
    left = _choose(debit_account, of.debit)
    right = _choose(credit_account, of.credit)
    if left == right:
        raise SameAccount
    if not extra or not of.extra_account:
        return [debit(left, amount), credit(right, amount)]
    check_amount(extra)
    if of.extra_on_top:
        return [
            debit(left, amount),
            debit(of.extra_account, extra),
            credit(right, amount + extra),
        ]
    if extra >= amount:
        raise KeptBackTooMuch(extra, amount)
    return [
        debit(left, amount),
        credit(of.extra_account, extra),
        credit(right, amount - extra),
    ]


def post_voucher(
    book: Book,
    key: str,
    amount: Money,
    *,
    on: date,
    memo: str,
    debit_account: int | None = None,
    credit_account: int | None = None,
    extra: Money = ZERO,
    paper: Paper | None = None,
) -> Entry | Approval:
    """Post a voucher by its template, or ask for a second person above the limit.

    Raises ``NoSuchTemplate``, ``NotAChoice``, ``SameAccount``,
    ``KeptBackTooMuch``, ``NotAPaper``, and what ``post`` refuses.
    """
    of = template(key)
    if of is None:
        raise NoSuchTemplate(key)
    if of.units:
        enter_accounts(book, chart.unit_chart())
    lines = lines_for(
        of,
        amount,
        debit_account=debit_account,
        credit_account=credit_account,
        extra=extra,
    )
    return _post_or_ask(
        book, lines, on=on, memo=memo, paper=paper, source=f"voucher.{key}"
    )


def post_journal(
    book: Book,
    lines: Sequence[Draft],
    *,
    on: date,
    memo: str,
    paper: Paper | None = None,
) -> Entry | Approval:
    """Post a free journal on ordinary accounts, the same limits kept.

    Control accounts move only through the desk that keeps their cards: they are
    refused with ``NoSuchCard``.
    """
    check_lines(lines)
    for line in lines:
        if find_account(book, line.account).control:
            raise NoSuchCard(line.account, line.card)
    return _post_or_ask(
        book, lines, on=on, memo=memo, paper=paper, source="ledger.journal"
    )


def _post_or_ask(
    book: Book,
    lines: Sequence[Draft],
    *,
    on: date,
    memo: str,
    paper: Paper | None,
    source: str,
) -> Entry | Approval:
    words = check_reason(memo)
    if paper is not None:
        _check_paper(paper)
    check_open(book, on)
    if above_limit(book, lines, on):
        request = ask(
            book,
            KIND,
            f"voucher:{source}",
            {
                "on": on,
                "memo": words,
                "source": source,
                "lines": [
                    [line.account, line.debit.units, line.credit.units]
                    for line in lines
                ],
            },
            days=setting(book, "approval_days", on),
        )
        if paper is not None:
            _attach(book, paper, approval_number=request.number)
        return request
    entry = post(
        book, on=on, memo=words, lines=lines, kind=kind_of(lines), source=source
    )
    if paper is not None:
        _attach(book, paper, entry_number=entry.number)
    return entry


@approvable(KIND, N_("Pay above the limit"), frozenset({Role.MANAGER}))
def _approve(
    book: Book,
    approval: Approval,
    *,
    on: str,
    memo: str,
    source: str,
    lines: list[list[int]],
) -> Entry:
    drafts = [
        Draft(account, Money(left), Money(right)) for account, left, right in lines
    ]
    entry = post(
        book,
        on=date.fromisoformat(on),
        memo=memo,
        lines=drafts,
        kind=kind_of(drafts),
        source=source,
        approval=approval.number,
    )
    rows = (
        select(Attachment)
        .where(Attachment.cooperative_id == book.cooperative_id)
        .where(Attachment.approval_number == approval.number)
    )
    for row in book.session.scalars(rows):
        row.entry_number = entry.number
    book.session.flush()
    return entry


def _check_paper(paper: Paper) -> None:
    begins = PAPERS.get(paper.media_type)
    fits = 0 < len(paper.content) <= LARGEST_PAPER
    if begins is None or not fits or not paper.content.startswith(begins):
        raise NotAPaper


def _attach(
    book: Book,
    paper: Paper,
    *,
    entry_number: int | None = None,
    approval_number: int | None = None,
) -> Attachment:
    last = book.session.scalar(
        select(func.max(Attachment.number)).where(
            Attachment.cooperative_id == book.cooperative_id
        )
    )
    row = Attachment(
        cooperative_id=book.cooperative_id,
        number=(last or 0) + 1,
        entry_number=entry_number,
        approval_number=approval_number,
        name=paper.name.replace("\\", "/").split("/")[-1][:120] or "paper",
        media_type=paper.media_type,
        content=paper.content,
    )
    book.session.add(row)
    book.session.flush()
    return row
