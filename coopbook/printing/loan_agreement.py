"""The agreement of a loan (*surat perjanjian pinjaman*) on A4, with its schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)

from coopbook.book import Book
from coopbook.cooperatives import cooperative, setting
from coopbook.dates import short_day
from coopbook.decisions.queries import decision
from coopbook.i18n import N_, Names, say
from coopbook.ledger import chart
from coopbook.loans import (
    ORDER_NAMES,
    STATE_NAMES,
    Installment,
    InterestMethod,
    Loan,
    LoanState,
    conditions_of,
    fees_of,
    paid_out,
    terms_of,
)
from coopbook.loans.history import begun
from coopbook.loans.rates import Cost, cost
from coopbook.loans.replay import Rules
from coopbook.loans.terms import METHOD_NAMES, Every
from coopbook.money import ZERO, Money, Rate
from coopbook.numerals import amount_in_words, in_figures
from coopbook.printing import loan_sheet, loan_words, minutes_sheet
from coopbook.printing.certificate import percent_of
from coopbook.printing.loan_sheet import (
    Borrower,
    Issuer,
    Printed,
    Speech,
    begun_large,
    heading,
    money,
    pairs,
    plain,
    summed,
)
from coopbook.printing.minutes_sheet import RULE, WIDTH, style

FEE_NAMES = {
    chart.ORIGINATION_FEES: N_("Origination fee"),
    chart.ADMIN_FEES: N_("Administration fee"),
}
STEPS = (N_("Proposed by"), N_("Approved by"), N_("Agreed to by the supervisors"))
RATES = (
    N_("nominal: the quoted rate, as often as a year holds it"),
    N_("twelve times the internal rate of a month, fees included"),
    N_("the same compounded: with interest on interest"),
)
HEADS = (
    *(N_("No."), N_("Due on"), N_("Principal (Rp)"), N_("Interest (Rp)")),
    *(N_("Installment (Rp)"), N_("Principal left (Rp)")),
)
WIDTHS = tuple(width * WIDTH / 100 for width in (8, 17, 18, 18, 19, 20))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything on the agreement of a loan.

    ``plan`` is the schedule as agreed, from ``starts_on``: the day the loan was paid
    out, or a day as if.  ``every`` is nothing where the due days were chosen one by
    one.  ``decided`` says who did what when, in the words of ``STEPS``, and
    ``decision`` which decision of the board carries the loan, if one does.
    """

    language: str
    issuer: Issuer
    number: int
    reference: str
    borrower: Borrower
    kind: Names
    purpose: str
    principal: Money
    received: Money
    fees: tuple[tuple[str, Money], ...]
    method: InterestMethod
    rate: Rate
    every: Every | None
    rules: Rules
    cost: Cost
    plan: tuple[Installment, ...]
    starts_on: date
    paid_out: bool
    state: LoanState
    decided: tuple[tuple[str, str, date], ...]
    decision: str
    stamp: bool
    code: str

    @property
    def serial(self) -> str:
        """The number of the paper."""
        return f"SPP-{self.number:06d}"

    @property
    def interest(self) -> Money:
        """All the interest of the schedule."""
        return sum((each.interest for each in self.plan), ZERO)

    @property
    def total(self) -> Money:
        """Everything the schedule asks for."""
        return self.principal + self.interest


def agreement_of(book: Book, loan: Loan, on: date) -> Agreement:
    """Gather the agreement of a loan, as if paid out on a day where it is not yet.

    Raises what a schedule from that day refuses.
    """
    starts_on = loan.disbursed_on or on
    conditions, terms = conditions_of(loan), terms_of(loan)
    plan = tuple(begun(book, loan, starts_on).plan)
    received, product = paid_out(loan), loan.product
    code = ""
    if loan.disbursed_on is not None:
        code = loan_sheet.last_code(book, loan, "loans.disburse")
    return Agreement(
        language=cooperative(book).language,
        issuer=loan_sheet.issuer_of(book),
        number=loan.number,
        reference=loan.reference or "",
        borrower=loan_sheet.borrower_of(loan.member),
        kind=Names(product.name_id, product.name_en),
        purpose=loan.purpose,
        principal=loan.principal,
        received=received,
        fees=tuple(
            (FEE_NAMES.get(account, name), fee) for name, account, fee in fees_of(loan)
        ),
        method=loan.method,
        rate=loan.rate,
        every=None if conditions.dates else conditions.every,
        rules=conditions.rules(loan.penalty_rate, loan.penalty_grace_days, None),
        cost=cost(terms, received, plan, starts_on),
        plan=plan,
        starts_on=starts_on,
        paid_out=loan.disbursed_on is not None,
        state=loan.state,
        decided=tuple(_decided(book, loan)),
        decision=_decision(book, loan),
        stamp=loan.principal > Money(setting(book, "stamp_duty_above", starts_on)),
        code=code,
    )


def _decided(book: Book, loan: Loan) -> Iterator[tuple[str, str, date]]:
    """Hand out who proposed, approved and agreed to a loan, and when."""
    people = (
        (loan.applied_by, loan.applied_on),
        (loan.approved_by, loan.approved_on),
        (loan.agreed_by, loan.agreed_on),
    )
    for step, (who, on) in zip(STEPS, people, strict=True):
        if who is not None and on is not None:
            yield step, loan_sheet.person_of(book, who), on


def _decision(book: Book, loan: Loan) -> str:
    if loan.decision_number is None:
        return ""
    return decision(book, loan.decision_number).label


def agreement_pdf(of: Agreement, printed: Printed) -> bytes:
    """Return an agreement as a PDF; the same facts give the same bytes.

    Source: domain guide 9, "Surat perjanjian pinjaman", and 3.2 for the rates shown.
    """
    minutes_sheet.letters()
    paper = _Paper(of)
    story = [
        *(*paper.opening(), *paper.lent(), *paper.costs(), *paper.paying()),
        *(*paper.decided(), *paper.schedule(), *paper.signed()),
    ]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper), label=of.serial, code=of.code, printed=printed
    )


class _Paper(Speech):
    """The pieces of an agreement, from its head to the places to sign."""

    def __init__(self, of: Agreement) -> None:
        super().__init__(of.language)
        self.of = of

    def opening(self) -> Iterator[Flowable]:
        """Hand out what it is, whether it holds, and who agrees."""
        of = self.of
        number = self.say(N_("Number %(label)s"), label=of.serial)
        title = self.say(N_("Loan agreement"))
        yield from loan_sheet.head(of.issuer, title, number, self)
        for notice in self._notices():
            yield Paragraph(notice, minutes_sheet.DRAFT)
        agree = N_(
            "%(cooperative)s, below called the cooperative, and %(name)s, below called "
            "the borrower, agree on this loan."
        )
        name = of.borrower.name
        yield Paragraph(
            self.say(agree, cooperative=of.issuer.name, name=name), loan_sheet.VALUE
        )
        yield from heading(self.say(N_("The parties")))
        yield pairs(
            [
                (self.say(N_("Cooperative")), self._cooperative()),
                (self.say(N_("Borrower")), f"<b>{plain(of.borrower.name)}</b>"),
                (self.say(N_("Member number")), f"{of.borrower.number:04d}"),
                (self.say(N_("Address")), plain(of.borrower.address) or "–"),
            ]
        )

    def _cooperative(self) -> str:
        issuer = self.of.issuer
        parts = [f"<b>{plain(issuer.name)}</b>", plain(issuer.place)]
        if issuer.registration_no:
            number = N_("registration number %(number)s")
            parts.append(self.say(number, number=issuer.registration_no))
        return ", ".join(filter(None, parts))

    def _notices(self) -> Iterator[str]:
        of = self.of
        if of.state is LoanState.APPLIED:
            yield self.say(N_("A draft: this loan is not approved yet."))
        elif of.state in (LoanState.REFUSED, LoanState.CANCELLED):
            state = say(STATE_NAMES[of.state], of.language)
            yield self.say(N_("This agreement does not hold: %(state)s."), state=state)
        if not of.paid_out:
            as_if = N_("Not paid out yet: days and figures are as if on %(day)s.")
            yield self.say(as_if, day=self.day(of.starts_on))

    def lent(self) -> Iterator[Flowable]:
        """Hand out how much is lent, for what, and what reaches the borrower."""
        of = self.of
        yield from heading(self.say(N_("The loan")))
        words = amount_in_words(of.principal, of.language)
        rows = [
            (N_("Amount"), f"{summed(of.principal)} ({words})"),
            (N_("Kind of loan"), plain(of.kind.said(of.language))),
            (N_("Purpose of the loan"), plain(of.purpose) or "–"),
        ]
        if of.reference:
            rows.append((N_("Number in older books"), plain(of.reference)))
        fees = "; ".join(
            f"{plain(say(name, of.language))} {money(fee)}" for name, fee in of.fees
        )
        received = amount_in_words(of.received, of.language)
        rows += [
            (N_("Fees deducted"), fees or self.say(N_("none"))),
            (N_("The borrower receives"), f"{summed(of.received)} ({received})"),
        ]
        day = N_("Paid out on") if of.paid_out else N_("Paid out, as if on")
        rows.append((day, self.day(of.starts_on)))
        yield pairs((self.say(name), said) for name, said in rows)

    def costs(self) -> Iterator[Flowable]:
        """Hand out how interest is counted, and the three rates of a year."""
        of = self.of
        method = say(METHOD_NAMES[of.method], of.language)
        quoted = percent_of(of.rate, of.language)
        if of.method is InterestMethod.MARGIN:
            quoted = f"{method}, {money(of.interest)}"
        sentence = self.say(loan_words.METHOD_SENTENCES[of.method])
        rows = [
            (N_("Interest as quoted"), f"<b>{plain(quoted)}</b>"),
            (N_("Method of interest"), f"{plain(begun_large(method))}. {sentence}"),
        ]
        shares = (of.cost.nominal, of.cost.twelvefold, of.cost.compounded)
        figure, caption = style(14, bold=True, alignment=TA_CENTER), CAPTION
        table = Table(
            [
                [Paragraph(self.percent(share), figure) for share in shares],
                [Paragraph(self.say(said), caption) for said in RATES],
            ],
            [WIDTH / 3] * 3,
            style=RATED,
        )
        yield from heading(self.say(N_("What it costs")))
        yield pairs((self.say(name), said) for name, said in rows)
        yield KeepTogether(
            [
                Spacer(1, 1 * mm),
                Paragraph(self.say(N_("The cost in a year:")), loan_sheet.LABEL),
                Spacer(1, 1 * mm),
                table,
            ]
        )

    def paying(self) -> Iterator[Flowable]:
        """Hand out when it is paid back, and what being late or early means."""
        of = self.of
        order = say(ORDER_NAMES[of.rules.order], of.language)
        rows = [
            (N_("Installments"), loan_words.installments(self, of.plan, of.every)),
            (N_("Being late"), loan_words.late(self, of.rules)),
            (N_("A payment settles"), plain(begun_large(order))),
            (N_("Ending it early"), loan_words.early(self, of.rules)),
        ]
        yield from heading(self.say(N_("How it is paid back")))
        yield pairs((self.say(name), said) for name, said in rows)

    def decided(self) -> Iterator[Flowable]:
        """Hand out who asked for the loan to be granted, and who granted it."""
        of, by = self.of, N_("%(name)s, on %(day)s")
        rows = [
            (self.say(step), self.say(by, name=who, day=self.day(on)))
            for step, who, on in of.decided
        ]
        if len(rows) == 1:
            rows.append((self.say(STEPS[1]), self.say(N_("not yet"))))
        if of.decision:
            rows.append((self.say(N_("Decision of the board")), plain(of.decision)))
        yield from heading(self.say(N_("Who agreed to it")))
        yield pairs(rows)

    def schedule(self) -> Iterator[Flowable]:
        """Hand out what is due when, over as many pages as it takes."""
        of = self.of
        paid = accumulate(each.principal.units for each in of.plan)
        rows = [
            [
                str(each.number),
                short_day(each.due_on),
                *map(in_figures, (each.principal, each.interest, each.total)),
                in_figures(of.principal - Money(so_far)),
            ]
            for each, so_far in zip(of.plan, paid, strict=True)
        ]
        sums = [in_figures(each) for each in (of.principal, of.interest, of.total)]
        total = [self.say(N_("Total")), "", *sums, ""]
        heads = [self.say(head) for head in HEADS]
        yield PageBreak()
        yield from heading(self.say(N_("Schedule")))
        yield loan_sheet.figures(heads, rows, WIDTHS, words=2, total=total)

    def signed(self) -> Iterator[Flowable]:
        """Hand out the places for three people to sign, and for the duty stamp."""
        of = self.of
        stamp = self.say(N_("duty stamp here")) if of.stamp else ""
        people = [
            (self.say(N_("Borrower")), stamp, of.borrower.name),
            (self.say(N_("For the cooperative")), "", ""),
            (self.say(N_("Witness or guarantor")), "", ""),
        ]
        place = of.issuer.place.split(",")[0]
        said = N_("Read, or read out and understood, and signed by everybody.")
        dated = ", ".join(filter(None, (plain(place), "." * 40)))
        yield KeepTogether(
            [
                Spacer(1, 6 * mm),
                Paragraph(self.say(said), loan_sheet.VALUE),
                Spacer(1, 2 * mm),
                Paragraph(dated, loan_sheet.VALUE),
                Spacer(1, 3 * mm),
                loan_sheet.signatures(people),
            ]
        )


CAPTION = style(8, textColor=minutes_sheet.QUIET, alignment=TA_CENTER)
RATED = [
    ("BOX", (0, 0), (-1, -1), 0.6, RULE),
    ("LINEAFTER", (0, 0), (-2, -1), 0.25, RULE),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("TOPPADDING", (0, 0), (-1, 0), 4),
    ("BOTTOMPADDING", (0, 0), (-1, 0), 5),
    ("BOTTOMPADDING", (0, 1), (-1, 1), 5),
]
