"""The card of a loan (*kartu pinjaman*) on A4: what is due, and what was paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.dates import short_day
from coopbook.i18n import N_, Names, say
from coopbook.loans import (
    STATE_NAMES,
    InstallmentStanding,
    InstallmentState,
    InterestMethod,
    Loan,
    LoanStanding,
    LoanState,
    Payment,
    payments,
    standing,
)
from coopbook.loans.changes import Tranche
from coopbook.loans.history import history
from coopbook.loans.terms import METHOD_NAMES
from coopbook.money import ZERO, Money, Rate
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.certificate import percent_of
from coopbook.printing.loan_sheet import (
    CELL,
    Borrower,
    Issuer,
    Printed,
    Speech,
    Struck,
    beside,
    heading,
    money,
    pairs,
    plain,
    summed,
)
from coopbook.printing.minutes_sheet import WIDTH

STATE_WORDS = {
    InstallmentState.PAID: N_("paid"),
    InstallmentState.PART: N_("paid in part"),
    InstallmentState.LATE: N_("late"),
    InstallmentState.DUE: N_("due next"),
    InstallmentState.AHEAD: "",
}
DUE_HEADS = (
    *(N_("No."), N_("Due on"), N_("Principal (Rp)"), N_("Interest (Rp)")),
    *(N_("Paid (Rp)"), N_("Left (Rp)"), N_("State")),
)
DUE_WIDTHS = tuple(width * WIDTH / 100 for width in (7, 14, 16, 15, 16, 16, 16))
PAID_HEADS = (
    *(N_("Date"), N_("Voucher"), N_("Penalty (Rp)"), N_("Interest (Rp)")),
    *(N_("Principal (Rp)"), N_("Held (Rp)"), N_("Principal left (Rp)")),
)
PAID_WIDTHS = tuple(width * WIDTH / 100 for width in (13, 20, 12, 13, 14, 12, 16))


@dataclass(frozen=True, slots=True)
class Movement:
    """A payment, or principal that was paid out, and what is owed after it.

    Of a payment that was reversed ``undone`` names the voucher that did so, and it
    counts for nothing.  ``lent`` is what was paid out, by a payment nothing.
    """

    on: date
    voucher: str
    balance: Money
    penalty: Money = ZERO
    interest: Money = ZERO
    principal: Money = ZERO
    held: Money = ZERO
    undone: str = ""
    lent: Money = ZERO


@dataclass(frozen=True, slots=True)
class LoanCard:
    """Everything on the card of a loan, as it stands on a day."""

    language: str
    issuer: Issuer
    number: int
    reference: str
    borrower: Borrower
    hamlet: str
    kind: Names
    principal: Money
    method: InterestMethod
    rate: Rate
    starts_on: date
    paid_out: bool
    state: LoanState
    on: date
    standing: LoanStanding
    movements: tuple[Movement, ...]
    code: str

    @property
    def serial(self) -> str:
        """The number of the paper."""
        return f"KP-{self.number:06d}"


def loan_card_of(book: Book, loan: Loan, on: date) -> LoanCard:
    """Gather the card of a loan on a day; as if paid out then where it is not yet."""
    product = loan.product
    return LoanCard(
        language=cooperative(book).language,
        issuer=loan_sheet.issuer_of(book),
        number=loan.number,
        reference=loan.reference or "",
        borrower=loan_sheet.borrower_of(loan.member),
        hamlet=loan.member.hamlet or "",
        kind=Names(product.name_id, product.name_en),
        principal=loan.principal,
        method=loan.method,
        rate=loan.rate,
        starts_on=loan.disbursed_on or on,
        paid_out=loan.disbursed_on is not None,
        state=loan.state,
        on=on,
        standing=standing(book, loan, on),
        movements=tuple(_movements(book, loan, on)),
        code=loan_sheet.last_code(book, loan),
    )


def _movements(book: Book, loan: Loan, on: date) -> Iterator[Movement]:
    """Hand out what was paid out and paid, in the order of days and of entries."""
    if loan.disbursed_on is None or loan.disbursed_on > on:
        return
    found: list[tuple[date, int, Payment | Money]] = [
        (day, at, event.amount)
        for day, at, event, _ in history(book, loan).events()
        if isinstance(event, Tranche)
    ]
    found += [
        (each.booked_on, each.entry_number, each) for each in payments(book, loan)
    ]
    found.sort(key=lambda each: each[:2])
    before = loan.paid_before_principal or ZERO
    balance = loan.principal - before
    lent_on, lent = loan.disbursed_on, loan.principal
    yield Movement(lent_on, "", lent, lent=lent)
    if before or loan.paid_before_interest:
        day, interest = loan.migrated_on or lent_on, loan.paid_before_interest or ZERO
        yield Movement(day, "", balance, interest=interest, principal=before)
    for day, _, each in found:
        if day > on:
            return
        if isinstance(each, Money):
            balance += each
            yield Movement(day, "", balance, lent=each)
            continue
        balance -= ZERO if each.reversed_by else each.principal
        yield Movement(
            *(day, each.voucher, balance),
            *(each.penalty, each.interest, each.principal, each.held),
            undone=each.reversed_by or "",
        )


def loan_card_pdf(of: LoanCard, printed: Printed) -> bytes:
    """Return a loan card as a PDF; the same facts give the same bytes.

    Source: domain guide 9, "Kartu pinjaman".
    """
    minutes_sheet.letters()
    paper = _Paper(of)
    story = [*paper.opening(), *paper.due(), *paper.paid()]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper), label=of.serial, code=of.code, printed=printed
    )


class _Paper(Speech):
    """The pieces of a loan card, from its head to the last payment."""

    def __init__(self, of: LoanCard) -> None:
        super().__init__(of.language)
        self.of = of

    def opening(self) -> Iterator[Flowable]:
        """Hand out whose loan it is, and how it stands."""
        of = self.of
        number = self.say(N_("Number %(label)s"), label=of.serial)
        yield from loan_sheet.head(of.issuer, self.say(N_("Loan card")), number, self)
        if not of.paid_out:
            as_if = N_("Not paid out yet: days and figures are as if on %(day)s.")
            said = self.say(as_if, day=self.day(of.starts_on))
            yield Paragraph(said, minutes_sheet.DRAFT)
        half = WIDTH / 2 - 4 * mm
        yield beside(pairs(self._whose(), half), pairs(self._stands(), half))

    def _whose(self) -> Iterator[tuple[str, str]]:
        of = self.of
        method = say(METHOD_NAMES[of.method], of.language)
        rate = percent_of(of.rate, of.language)
        borrower = f"<b>{plain(of.borrower.name)}</b>"
        for name, said in (
            (N_("Loan"), f"<b>{of.number}</b> {plain(of.reference)}".strip()),
            (N_("Member"), f"<b>{of.borrower.number:04d}</b> {borrower}"),
            (N_("Hamlet or RT"), plain(of.hamlet)),
            (N_("Kind of loan"), plain(of.kind.said(of.language))),
            (N_("Interest as quoted"), plain(f"{rate}, {method}")),
            (N_("Paid out on"), self.day(of.starts_on) if of.paid_out else ""),
        ):
            if said:
                yield self.say(name), said

    def _stands(self) -> Iterator[tuple[str, str]]:
        of, now = self.of, self.of.standing
        late = N_("%(amount)s, %(days)s days late")
        arrears = self.say(N_("none"))
        if now.arrears:
            days, amount = now.days_past_due, money(now.arrears)
            arrears = self.say(late, amount=amount, days=days)
        upcoming = "–"
        if now.next_due is not None:
            amount = money(now.next_due.left)
            upcoming = f"{self.day(now.next_due.due_on)}, {amount}"
        for name, said in (
            (N_("Amount lent"), summed(of.principal)),
            (N_("As of"), self.day(of.on)),
            (N_("State of the loan"), self.say(STATE_NAMES[of.state])),
            (N_("Principal left"), summed(now.outstanding_principal)),
            (N_("In arrears"), arrears),
            (N_("Penalty to now"), money(self._penalty())),
            (N_("Next due"), upcoming),
        ):
            yield self.say(name), said

    def _penalty(self) -> Money:
        return sum((each.penalty for each in self.of.standing.strip), ZERO)

    def due(self) -> Iterator[Flowable]:
        """Hand out the installments, and how each stands."""
        strip = self.of.standing.strip
        columns = [_columns(each) for each in strip]
        sums = [sum(each, ZERO) for each in zip(*columns, strict=True)]
        rows = [
            [
                str(each.number),
                short_day(each.due_on),
                *map(in_figures, amounts),
                self.say(STATE_WORDS[each.state]),
            ]
            for each, amounts in zip(strip, columns, strict=True)
        ]
        total = [self.say(N_("Total")), "", *map(in_figures, sums), ""]
        heads = [self.say(head) for head in DUE_HEADS]
        yield from heading(self.say(N_("Installments")))
        yield loan_sheet.figures(heads, rows, DUE_WIDTHS, words=2, total=total)

    def paid(self) -> Iterator[Flowable]:
        """Hand out the payments; what was reversed is struck out and says so."""
        yield Spacer(1, 2 * mm)
        yield from heading(self.say(N_("Payments")))
        of = self.of
        if not of.movements:
            yield Paragraph(self.say(N_("Nothing was paid yet.")), loan_sheet.VALUE)
            return
        standing = [each for each in of.movements if not each.undone]
        columns = [
            (each.penalty, each.interest, each.principal, each.held)
            for each in standing
        ]
        sums = [sum(each, ZERO) for each in zip(*columns, strict=True)]
        total = [self.say(N_("Total")), "", *map(in_figures, sums)]
        total.append(in_figures(of.movements[-1].balance))
        heads = [self.say(head) for head in PAID_HEADS]
        rows = [self._row(each) for each in of.movements]
        yield loan_sheet.figures(heads, rows, PAID_WIDTHS, words=2, total=total)

    def _row(self, of: Movement) -> list[str | Paragraph]:
        parts = (of.penalty, of.interest, of.principal, of.held)
        day, balance = short_day(of.on), in_figures(of.balance)
        if of.undone:
            undone = self.say(N_("reversed by %(voucher)s"), voucher=of.undone)
            said = f"<strike>{plain(of.voucher)}</strike><br/>{undone}"
            struck = [Struck(in_figures(part)) for part in parts]
            return [day, Paragraph(said, CELL), *struck, balance]
        if of.lent:
            lent = self.say(N_("paid out: %(amount)s"), amount=in_figures(of.lent))
            return [day, Paragraph(lent, CELL), "", "", "", "", balance]
        before = Paragraph(self.say(N_("paid in older books")), CELL)
        return [day, of.voucher or before, *map(in_figures, parts), balance]


def _columns(of: InstallmentStanding) -> tuple[Money, Money, Money, Money]:
    paid = of.paid_principal + of.paid_interest
    return of.principal, of.interest, paid, of.left
