"""Sign the cut-over: one person asks, another signs the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.cutover.queries import KIND, CutOverView, statement, view
from coopbook.errors import Conflict, Refused
from coopbook.i18n import N_, Word
from coopbook.importing.model import CutOver
from coopbook.ledger import chart
from coopbook.ledger.posting import post
from coopbook.ledger.rules import credit, debit
from coopbook.money import ZERO
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role


@dataclass(eq=False)
class NotReady(Refused):
    """Something is missing, or does not tie."""

    sentence = N_("The cut-over cannot be signed yet. %(missing)s")

    missing: Word


@dataclass(eq=False)
class AlreadySigned(Refused):
    """The cut-over of that day was signed."""

    sentence = N_("The cut-over of %(on)s was signed by %(first)s and %(second)s.")

    on: date
    first: str
    second: str


@dataclass(eq=False)
class WaitsForSecond(Refused):
    """The cut-over was asked for already."""

    sentence = N_("The cut-over of %(on)s waits for a second person to sign it.")

    on: date


@dataclass(eq=False)
class FiguresChanged(Conflict):
    """The book is no longer what was asked to be signed."""

    sentence = N_(
        "The figures have changed since the first person signed. Ask for it again."
    )


def _check(seen: CutOverView) -> None:
    if seen.signed is not None:
        raise AlreadySigned(seen.on, seen.signed.first, seen.signed.second)
    for missing in seen.missing:
        raise NotReady(missing)


def ask_sign_off(book: Book, on: date) -> Approval:
    """Sign as the first of two; somebody else decides in the inbox.

    Raises ``NotReady``, ``AlreadySigned`` and ``WaitsForSecond``.
    """
    seen = view(book, on)
    _check(seen)
    if seen.waiting is not None:
        raise WaitsForSecond(on)
    return ask(
        book,
        KIND,
        f"cutover:{on.isoformat()}",
        {"on": on, "figures": seen.digest},
        days=setting(book, "approval_days", on),
    )


@approvable(KIND, N_("Sign the cut-over"), frozenset({Role.MANAGER, Role.SUPERVISOR}))
def _sign(book: Book, approval: Approval, *, on: str, figures: str) -> CutOver:
    """Sign as the second, and close the two suspense accounts against each other."""
    day = date.fromisoformat(on)
    seen = view(book, day)
    _check(seen)
    if seen.digest != figures:
        raise FiguresChanged()
    if seen.gross > ZERO:
        post(
            book,
            on=day,
            memo="Penutupan rekening penampungan saldo awal",
            lines=[
                debit(chart.SUSPENSE_CREDIT, seen.gross),
                credit(chart.SUSPENSE_DEBIT, seen.gross),
            ],
            source="cutover.close",
            approval=approval.number,
        )
    row = CutOver(
        cooperative_id=book.cooperative_id,
        on=day,
        first=approval.made_by,
        second=book.actor,
        statement=statement(seen),
        digest=figures,
    )
    book.session.add(row)
    book.session.flush()
    return row
