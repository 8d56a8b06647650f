"""What ends a loan on a day, as a letter; or that it is settled (*surat lunas*)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.i18n import N_, Names, say
from coopbook.loans import (
    EARLY_NAMES,
    Loan,
    LoanState,
    conditions_of,
    payments,
    payoff,
    standing,
)
from coopbook.loans.model import LoanQuotation
from coopbook.loans.replay import Early
from coopbook.loans.rules import PaidBeforeDisbursed, QuotedOtherwise, check_state
from coopbook.money import ZERO, Money
from coopbook.numerals import amount_in_words, in_figures
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.loan_sheet import (
    Borrower,
    Issuer,
    Printed,
    Speech,
    money,
    pairs,
    plain,
)
from coopbook.printing.minutes_sheet import WIDTH, style

TEXT = style(10.5, spaceAfter=3 * mm)
WIDTHS = (WIDTH * 0.62, WIDTH * 0.38)


@dataclass(frozen=True, slots=True)
class PayoffLetter:
    """Everything on the letter: the parts that end a loan on ``on``.

    Of a loan that is ``settled`` they are what was paid on it in all, and
    ``last_paid_on`` is the day of the last payment, where the book knows one.  A
    quotation that is kept has its number, and says what ends the loan on the ``last``
    day it is good.
    """

    language: str
    issuer: Issuer
    number: int
    borrower: Borrower
    kind: Names
    lent: Money
    lent_on: date
    on: date
    settled: bool
    last_paid_on: date | None
    principal: Money
    interest: Money
    penalty: Money
    held: Money
    early: Early
    code: str
    valid_to: date | None = None
    last: Money = ZERO
    quotation: int = 0

    @property
    def total(self) -> Money:
        """Principal, interest and penalty together."""
        return self.principal + self.interest + self.penalty

    @property
    def serial(self) -> str:
        """The number of the paper: a loan is settled once, but asked of often."""
        if self.settled:
            return f"SKL-{self.number:06d}"
        if self.quotation:
            return f"SKP-{self.number:06d}-{self.quotation}"
        return f"SKP-{self.number:06d}-{self.on:%Y%m%d}"


def payoff_letter_of(book: Book, loan: Loan, on: date) -> PayoffLetter:
    """Gather what ends a loan on a day, or that it is settled.

    Raises ``WrongState`` of a loan that was not paid out, and ``PaidBeforeDisbursed``
    for a day before it was.
    """
    check_state(loan.number, loan.state, LoanState.DISBURSED, LoanState.SETTLED)
    assert loan.disbursed_on is not None
    if on < loan.disbursed_on:
        raise PaidBeforeDisbursed(loan.number, loan.disbursed_on)
    settled, product = loan.state is LoanState.SETTLED, loan.product
    paid = [each for each in payments(book, loan) if each.reversed_by is None]
    if settled:
        principal = sum((each.principal for each in paid), _before(loan, "principal"))
        interest = sum((each.interest for each in paid), _before(loan, "interest"))
        penalty = sum((each.penalty for each in paid), ZERO)
    else:
        ends = payoff(book, loan, on)
        principal, interest, penalty = ends.principal, ends.interest, ends.penalty
    return PayoffLetter(
        language=cooperative(book).language,
        issuer=loan_sheet.issuer_of(book),
        number=loan.number,
        borrower=loan_sheet.borrower_of(loan.member),
        kind=Names(product.name_id, product.name_en),
        lent=loan.principal,
        lent_on=loan.disbursed_on,
        on=on,
        settled=settled,
        last_paid_on=paid[-1].booked_on if paid else None,
        principal=principal,
        interest=interest,
        penalty=penalty,
        held=standing(book, loan, on).held,
        early=conditions_of(loan).early,
        code=loan_sheet.last_code(book, loan),
    )


def quotation_letter_of(book: Book, loan: Loan, row: LoanQuotation) -> PayoffLetter:
    """Gather a quotation as it was made.

    Raises ``QuotedOtherwise`` where something was entered since for its days.
    """
    of = payoff_letter_of(book, loan, row.quoted_on)
    if of.settled or of.total != row.first:
        raise QuotedOtherwise(row.number, row.first)
    return replace(of, valid_to=row.valid_to, last=row.last, quotation=row.number)


def _before(loan: Loan, part: str) -> Money:
    found: Money | None = getattr(loan, f"paid_before_{part}")
    return found or ZERO


def payoff_letter_pdf(of: PayoffLetter, printed: Printed) -> bytes:
    """Return the letter as a PDF; the same facts give the same bytes.

    Source: domain guide 9, "Surat keterangan lunas / saldo".
    """
    minutes_sheet.letters()
    paper = _Paper(of)
    body = paper.settled() if of.settled else paper.ends()
    story = [*paper.opening(), *body, *paper.signed()]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper), label=of.serial, code=of.code, printed=printed
    )


class _Paper(Speech):
    """The pieces of the letter, from its head to the place to sign."""

    def __init__(self, of: PayoffLetter) -> None:
        super().__init__(of.language)
        self.of = of

    def opening(self) -> Iterator[Flowable]:
        """Hand out what the letter is, and which loan it is about."""
        of = self.of
        title = N_("Letter of settlement") if of.settled else N_("Payoff letter")
        number = self.say(N_("Number %(label)s"), label=of.serial)
        yield from loan_sheet.head(of.issuer, self.say(title), number, self)
        about = N_("%(cooperative)s states about this loan:")
        yield Paragraph(self.say(about, cooperative=of.issuer.name), TEXT)
        rows = [
            (N_("Loan"), f"<b>{of.number}</b>"),
            (N_("Kind of loan"), plain(of.kind.said(of.language))),
            (N_("Borrower"), f"<b>{plain(of.borrower.name)}</b>"),
            (N_("Member number"), f"{of.borrower.number:04d}"),
            (N_("Address"), plain(of.borrower.address) or "–"),
            (N_("Amount lent"), money(of.lent)),
            (N_("Paid out on"), self.day(of.lent_on)),
        ]
        yield pairs((self.say(name), said) for name, said in rows)
        yield Spacer(1, 5 * mm)

    def ends(self) -> Iterator[Flowable]:
        """Hand out what ends the loan, until when, and by which rule."""
        of, day = self.of, self.day(self.of.on)
        if of.last_paid_on is not None and of.last_paid_on > of.on:
            old = N_("Payments after %(day)s are not counted here.")
            yield Paragraph(self.say(old, day=day), minutes_sheet.DRAFT)
        yield Paragraph(self.say(N_("On %(day)s it is ended by:"), day=day), TEXT)
        yield from self._sum()
        rule = N_("Rule for the interest: %(rule)s.")
        early = say(EARLY_NAMES[of.early], of.language)
        yield Paragraph(self.say(rule, rule=early), TEXT)
        if of.held:
            held = N_("%(amount)s is held for this loan besides, and is not deducted.")
            yield Paragraph(self.say(held, amount=money(of.held)), TEXT)
        if of.valid_to is not None:
            yield from self._good_until(of.valid_to)
            return
        valid = N_(
            "This holds until %(day)s, if nothing else is paid before. After that day "
            "ask for another letter."
        )
        yield Paragraph(f"<b>{self.say(valid, day=day)}</b>", TEXT)

    def _good_until(self, valid_to: date) -> Iterator[Flowable]:
        last = N_(
            "On %(day)s, the last day this letter is good, it is ended by %(amount)s; "
            "on a day between by what that day asks. It holds if nothing else is paid "
            "before."
        )
        said = self.say(last, day=self.day(valid_to), amount=money(self.of.last))
        yield Paragraph(f"<b>{said}</b>", TEXT)

    def settled(self) -> Iterator[Flowable]:
        """Hand out that nothing is owed any more, and what was paid."""
        of = self.of
        done = N_("This loan is settled. Nothing is owed on it any more.")
        yield Paragraph(f"<b>{self.say(done)}</b>", TEXT)
        if of.last_paid_on is not None:
            last = N_("The last payment was made on %(day)s.")
            yield Paragraph(self.say(last, day=self.day(of.last_paid_on)), TEXT)
        yield Paragraph(self.say(N_("Paid on it in all:")), TEXT)
        yield from self._sum()

    def _sum(self) -> Iterator[Flowable]:
        of = self.of
        rows = [
            [self.say(name), in_figures(amount)]
            for name, amount in (
                (N_("Principal"), of.principal),
                (N_("Loan interest"), of.interest),
                (N_("Penalty"), of.penalty),
            )
        ]
        heads = [self.say(N_("Part")), self.say(N_("Amount (Rp)"))]
        total = [self.say(N_("Total")), in_figures(of.total)]
        yield loan_sheet.figures(heads, rows, WIDTHS, words=1, total=total, height=19)
        yield Spacer(1, 5 * mm)
        yield Paragraph(money(of.total), loan_sheet.SUM)
        yield Spacer(1, 3 * mm)
        words = amount_in_words(of.total, of.language)
        yield Paragraph(f"({words})", loan_sheet.CENTRED)
        yield Spacer(1, 6 * mm)

    def signed(self) -> Iterator[Flowable]:
        """Hand out where and when, and the place to sign for the cooperative."""
        of = self.of
        place = of.issuer.place.split(",")[0]
        dated = ", ".join(filter(None, (plain(place), "." * 40)))
        role = self.say(N_("For the cooperative"))
        yield Spacer(1, 6 * mm)
        yield loan_sheet.signatures([(f"{dated}<br/>{role}", "", "")], columns=2)
