"""Bad loans of a month on A4 (*laporan kredit bermasalah bulanan*), for the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from babel.dates import format_date
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from coopbook.baddebts import (
    CLASS_NAMES,
    MARK_NAMES,
    POLICIES,
    SCALES,
    Flow,
    Mark,
    Risk,
    TermLine,
    Worst,
)
from coopbook.cooperatives import OFFICE_NAMES
from coopbook.dates import short_day
from coopbook.i18n import N_, say
from coopbook.money import ZERO
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.bad_debt_facts import BadDebtReport, bad_debt_report_of
from coopbook.printing.loan_sheet import (
    Printed,
    Speech,
    beside,
    cell,
    heading,
    money,
    pairs,
    plain,
)
from coopbook.printing.minutes_sheet import WIDTH, style
from coopbook.printing.pieces import FORMATS

__all__ = ["BadDebtReport", "bad_debt_report_of", "bad_debt_report_pdf"]

NOTE = style(8.5, spaceBefore=1.2 * mm)
HALF = WIDTH / 2 - 4 * mm


def _widths(*shares: int, of: float = WIDTH) -> tuple[float, ...]:
    return tuple(share * of / sum(shares) for share in shares)


CLASS_HEADS = (
    *(N_("Class"), N_("Count"), N_("Principal left (Rp)"), N_("Share")),
    *(N_("Of it covered (Rp)"), N_("Allowance (Rp)")),
)
CLASS_WIDTHS = _widths(27, 12, 19, 10, 16, 16)
RISK_WIDTHS = _widths(13, 12, 15, 10, 15, 10, 15, 10)
ALLOWANCE_WIDTHS = _widths(60, 40, of=HALF)
LOSS_HEADS = (
    *("", N_("Count"), N_("In the month (Rp)"), N_("Count"), N_("In 12 months (Rp)")),
)
LOSS_WIDTHS = _widths(28, 12, 24, 12, 24)
WORST_HEADS = (
    *(N_("Loan"), N_("Member"), N_("Name"), N_("Class"), N_("Next step")),
    *(N_("Days late"), N_("Of it late (Rp)"), N_("Principal left (Rp)")),
)
WORST_WIDTHS = _widths(11, 10, 20, 12, 16, 7, 12, 13)
TERM_HEADS = (
    *(N_("Office"), N_("Who held it"), N_("Approved"), N_("Late of them")),
    *(N_("Expected"), N_("At risk (Rp)"), N_("Fell late"), N_("Expected")),
)
TERM_WIDTHS = _widths(13, 18, 12, 12, 12, 13, 12, 12)


def bad_debt_report_pdf(of: BadDebtReport, printed: Printed) -> bytes:
    """Return the report as a PDF; the same facts give the same bytes.

    Source: domain guide 4.1 to 4.6.
    """
    minutes_sheet.letters()
    paper = _Paper(of)
    story = [
        *paper.opening(),
        *paper.classes(),
        *paper.risk(),
        *paper.movements(),
        *paper.losses(),
        *paper.worst(),
        KeepTogether([*paper.terms(), *paper.signed()]),
    ]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper),
        label=of.serial,
        code=of.code,
        printed=printed,
        top=paper.top(),
    )


class _Paper(Speech):
    """The pieces of the report, from its head to the places to sign."""

    def __init__(self, of: BadDebtReport) -> None:
        super().__init__(of.language)
        self.of, self.report = of, of.report
        day = of.report.on
        self.month = str(format_date(day, "MMMM yyyy", locale=FORMATS[of.language]))
        self.title = self.say(N_("Monthly report on bad loans"))

    def loans(self) -> str:
        """Say which loans are on the report; as people wrote it, not as markup."""
        return self.of.filter or say(N_("all that ran"), self.language)

    def top(self) -> str:
        """Say what the report is, for the head of its later pages."""
        return " · ".join((self.of.issuer.name, self.title, self.month, self.loans()))

    def opening(self) -> Iterator[Flowable]:
        """Hand out whose report it is, of which month, and by which rules."""
        of, report = self.of, self.report
        numbered = N_("Number %(label)s, %(month)s")
        number = self.say(numbered, label=of.serial, month=self.month)
        yield from loan_sheet.head(of.issuer, self.title, number, self)
        policy, scale = POLICIES[report.policy], SCALES[report.scale]
        record = self.say(N_("record %(number)s of the book"), number=of.record)
        rows = [
            (N_("As of"), f"<b>{self.day(report.on)}</b>, {record}"),
            (N_("Loans"), plain(self.loans())),
            (N_("Classes by"), self._rule(policy.title, policy.source, policy.mark)),
            (N_("Allowance by"), self._rule(scale.title, scale.source, scale.mark)),
        ]
        yield pairs((self.say(name), said) for name, said in rows)

    def _rule(self, title: str, source: str, mark: Mark) -> str:
        said = (plain(say(each, self.language)) for each in (title, source))
        return "{} ({}: {})".format(*said, self.say(MARK_NAMES[mark]))

    def classes(self) -> Iterator[Flowable]:
        """Hand out the loans by class, with what covers them and is set aside."""
        report = self.report
        yield from heading(self.say(N_("Loans by class")))
        whole = report.outstanding.units
        rows = [
            [
                cell(say(CLASS_NAMES[row.loan_class], self.language), CLASS_WIDTHS[0]),
                str(row.count),
                in_figures(row.outstanding),
                self.percent(row.outstanding.units / whole if whole else 0.0),
                in_figures(row.deductible),
                in_figures(row.allowance),
            ]
            for row in report.classes
        ]
        covered = sum((row.deductible for row in report.classes), ZERO)
        total = [
            *(self.say(N_("Total")), str(report.count)),
            *(in_figures(report.outstanding), self.percent(1.0 if whole else 0.0)),
            *(in_figures(covered), in_figures(report.needed)),
        ]
        yield self._table(CLASS_HEADS, rows, CLASS_WIDTHS, 1, total=total)
        bad = N_("Not performing: %(share)s of all principal.")
        share = self.percent(report.non_performing)
        yield Paragraph(self.say(bad, share=share), NOTE)

    def risk(self) -> Iterator[Flowable]:
        """Hand out what is at risk, beside a month and a year before."""
        report = self.report
        yield from heading(self.say(N_("Portfolio at risk")))
        share = self.say(N_("Share"))
        days = [
            self.say(N_("At the end (Rp)")),
            *(self.say(N_("Month before (Rp)")), self.say(N_("Year before (Rp)"))),
        ]
        heads = [self.say(N_("More than (days)")), self.say(N_("Count"))]
        heads += [said for day in days for said in (day, share)]
        rows = [
            [
                str(each.now.days),
                str(each.now.count),
                *self._risk(each.now),
                *self._risk(each.month_before),
                *self._risk(each.year_before),
            ]
            for each in report.at_risk
        ]
        yield loan_sheet.figures(heads, rows, RISK_WIDTHS, words=1)
        told = N_(
            "The whole principal of loans with any part more than so many days late, "
            "and its share of all principal."
        )
        said = [self.say(told)]
        if any(None in (one.month_before, one.year_before) for one in report.at_risk):
            said.append(self.say(N_("A dash: there was no book yet.")))
        yield Paragraph(" ".join(said), NOTE)

    def _risk(self, risk: Risk | None) -> tuple[str, str]:
        if risk is None:
            return "–", "–"
        return in_figures(risk.outstanding), self.percent(risk.share)

    def movements(self) -> Iterator[Flowable]:
        """Hand out what moved the allowance, beside what was done in the month."""
        yield Spacer(1, 3 * mm)
        yield KeepTogether([beside(self._allowance(), self._done())])

    def _allowance(self) -> Table:
        report, moved = self.report, self.report.allowance
        rows = [
            [self.say(name), in_figures(amount)]
            for name, amount in (
                (N_("At the beginning"), moved.opening),
                (N_("Added"), moved.added),
                (N_("Released"), -moved.released),
                (N_("Used by write-offs"), -moved.used),
                (N_("Entered otherwise"), moved.other),
                (N_("At the end"), moved.closing),
                (N_("The loans ask for"), report.needed),
            )
        ]
        total = [self.say(N_("To set aside")), in_figures(report.apart)]
        heads = [self.say(N_("Allowance")), self.say(N_("Amount (Rp)"))]
        return loan_sheet.figures(heads, rows, ALLOWANCE_WIDTHS, words=1, total=total)

    def _done(self) -> list[Flowable]:
        changed, done = self.report.restructured, self.report.contacts
        risk = f"{money(changed.at_risk)}, {self.percent(changed.share)}"
        held = f"{changed.count}, {money(changed.outstanding)}"
        rows = [
            (N_("Restructured loans"), held),
            (N_("30 days late, with restructured and written off"), risk),
            (N_("Letters sent"), str(done.letters)),
            (N_("Visits"), str(done.visits)),
            (N_("Promises kept"), str(done.promises_kept)),
            (N_("Promises broken"), str(done.promises_broken)),
        ]
        return [pairs(((self.say(name), said) for name, said in rows), HALF)]

    def losses(self) -> Iterator[Flowable]:
        """Hand out what was written off, what came back, what was waived."""
        lost = self.report.losses
        rows = [
            [self.say(name), *_flow(flow)]
            for name, flow in (
                (N_("Written off"), lost.written_off),
                (N_("Recovered"), lost.recovered),
                (N_("Waived"), lost.waived),
            )
        ]
        title = heading(self.say(N_("Written off, recovered, waived")))
        yield KeepTogether([*title, self._table(LOSS_HEADS, rows, LOSS_WIDTHS, 1)])

    def worst(self) -> Iterator[Flowable]:
        """Hand out the worst loans, and what is to be done next about each."""
        found = self.report.worst
        yield from heading(self.say(N_("The worst loans")))
        if not found:
            yield Paragraph(self.say(N_("No loan is late.")), loan_sheet.VALUE)
            return
        arrears = sum((each.arrears for each in found), ZERO)
        left = sum((each.outstanding for each in found), ZERO)
        total = [
            self.say(N_("Total")),
            *[""] * 5,
            in_figures(arrears),
            in_figures(left),
        ]
        yield self._table(
            WORST_HEADS, map(self._worst, found), WORST_WIDTHS, 5, total=total
        )

    def _worst(self, each: Worst) -> list[str | Paragraph]:
        said = say(CLASS_NAMES[each.loan_class], self.language)
        step = say(each.next_step, self.language)
        return [
            *(str(each.loan), f"{each.member:04d}", cell(each.name, WORST_WIDTHS[2])),
            *(cell(said, WORST_WIDTHS[3]), cell(step, WORST_WIDTHS[4])),
            *(str(each.days), in_figures(each.arrears), in_figures(each.outstanding)),
        ]

    def terms(self) -> Iterator[Flowable]:
        """Hand out the terms of office: what they approved, what fell late in them."""
        lines = self.report.terms
        yield from heading(self.say(N_("By terms of office")))
        if not lines:
            none = N_("No term of office is written down.")
            yield Paragraph(self.say(none), loan_sheet.VALUE)
            return
        yield self._table(TERM_HEADS, map(self._term, lines), TERM_WIDTHS, 2)
        if any(line.flagged or line.late_flagged for line in lines):
            far = N_("* Far more than expected: a question to ask, not an accusation.")
            yield Paragraph(self.say(far), NOTE)

    def _term(self, line: TermLine) -> list[str | Paragraph]:
        name = say(N_("no term written down"), self.language)
        if line.began_on is not None:
            name = f"{line.name}, {short_day(line.began_on)}"
        late, fell = line.late_flagged, line.flagged
        return [
            cell(say(OFFICE_NAMES[line.office], self.language), TERM_WIDTHS[0]),
            cell(name, TERM_WIDTHS[1]),
            *(
                str(line.lent),
                f"{line.late}{'*' * late}",
                self.number(line.late_expected, 1),
            ),
            in_figures(line.at_risk),
            *(f"{line.fell}{'*' * fell}", self.number(line.expected, 1)),
        ]

    def _table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str | Paragraph]],
        widths: Sequence[float],
        words: int,
        *,
        total: Sequence[str] | None = None,
    ) -> Table:
        said = [self.say(head) for head in heads]
        return loan_sheet.figures(said, list(rows), widths, words=words, total=total)

    def signed(self) -> Iterator[Flowable]:
        """Hand out the places to sign for the manager and the supervisor."""
        of = self.of
        people = [
            (self.say(N_("Manager")), "", of.manager),
            (self.say(N_("Supervisor")), "", of.supervisor),
        ]
        yield Spacer(1, 6 * mm)
        yield loan_sheet.signatures(people)


def _flow(flow: Flow) -> list[str]:
    year = [str(flow.count_of_year), in_figures(flow.amount_of_year)]
    return [str(flow.count), in_figures(flow.amount), *year]
