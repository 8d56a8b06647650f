"""What happened in the year: cover, reports, members, statements, loans, health."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer

from coopbook.baddebts import CLASS_NAMES, PAR_DAYS, POLICIES
from coopbook.cooperatives import OFFICE_NAMES
from coopbook.dates import short_day
from coopbook.health import (
    ASPECT_NAMES,
    PREDICATE_NAMES,
    SUPERSEDED,
    decimal,
)
from coopbook.i18n import N_, say
from coopbook.members.rules import STATUS_NAMES
from coopbook.money import ZERO, Money, Rounding
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet
from coopbook.printing.loan_sheet import cell, pairs, plain
from coopbook.printing.meetingbook.facts import MeetingBook
from coopbook.printing.meetingbook.sheet import (
    NOTE,
    PROSE,
    bars,
    contents,
    new_chapter,
    prose,
)
from coopbook.printing.minutes_sheet import DRAFT, style
from coopbook.printing.statement_tables import Tables, widths
from coopbook.yearend import TextSubject

CLASS_WIDTHS = widths(30, 14, 20, 18, 18)
COVER = style(26, bold=True)
UNDER = style(13, spaceBefore=4 * mm)


class Chapters(Tables):
    """What every chapter needs: the facts, their language, rows of figures."""

    def __init__(self, of: MeetingBook) -> None:
        super().__init__(of.language)
        self.of = of

    def begin(self, number: int, words: str) -> list[Flowable]:
        """Return the title of a chapter."""
        return new_chapter(number, self.say(words))

    def note(self, words: str, **facts: Any) -> Paragraph:
        """Return a sentence under a table."""
        return Paragraph(self.say(words, **facts), NOTE)

    def sentence(self, words: str, **facts: Any) -> Paragraph:
        """Return a sentence of ours."""
        return Paragraph(self.say(words, **facts), PROSE)

    def written(self, subject: TextSubject) -> Iterator[Flowable]:
        """Return what somebody wrote of the year, or that nobody did."""
        body = self.of.texts.get(subject)
        if body:
            yield from prose(body)
        else:
            yield self.sentence(N_("Nothing was written for this chapter."))


class Business(Chapters):
    """The chapters about what happened in the year."""

    def cover(self) -> Iterator[Flowable]:
        """Hand out the cover and the contents."""
        of = self.of
        yield Spacer(1, 60 * mm)
        yield Paragraph(
            self.say(N_("Book of the annual meeting %(year)s"), year=of.year), COVER
        )
        yield Paragraph(plain(of.issuer.name), style(18, bold=True))
        yield Paragraph(plain(of.issuer.place), UNDER)
        if of.issuer.registration_no:
            said = N_("Registration number %(number)s")
            number = of.issuer.registration_no
            yield Paragraph(self.say(said, number=number), UNDER)
        if of.drafted:
            yield Spacer(1, 8 * mm)
            yield Paragraph(
                self.say(N_("Draft: the year is not closed; figures may change.")),
                DRAFT,
            )
        yield PageBreak()
        yield Paragraph(
            self.say(N_("Contents")), style(14, bold=True, spaceAfter=3 * mm)
        )
        yield contents()

    def board(self, number: int) -> Iterator[Flowable]:
        """Hand out the board's report, with the year's figures before it."""
        of = self.of
        yield from self.begin(number, N_("Report of the board"))
        yield self.part(N_("The year in figures"))
        position, surplus = of.told.position, of.told.surplus
        rows = [
            [
                self.say(name),
                in_figures(statement.amount(code)),
                in_figures(statement.then(code)),
                self._growth(statement.amount(code), statement.then(code)),
            ]
            for name, statement, code in (
                (N_("Total assets"), position, "total_assets"),
                (N_("Loans to members"), position, "loans"),
                (N_("Members' savings"), position, "savings"),
                (N_("Equity"), position, "total_equity"),
                (N_("Gross participation"), surplus, "gross_participation"),
                (N_("Net surplus"), surplus, "net_surplus"),
            )
        ]
        heads = ["", str(of.year), str(of.year - 1), N_("Change")]
        yield self.table(heads, rows, widths(40, 22, 22, 16))
        yield Spacer(1, 3 * mm)
        yield from self._charts()
        yield self.part(N_("What the board says"))
        yield from self.written(TextSubject.BOARD)

    def _growth(self, now: Money, then: Money) -> str:
        if then <= ZERO:
            return "–"
        return self.percent(Fraction(now.units - then.units, then.units))

    def _charts(self) -> Iterator[Flowable]:
        million = self.say(N_("million rupiah"))
        drawn = [
            bars(self.say(name), trend.years, trend.amounts, million)
            for key, name in (
                ("total_assets", N_("Total assets")),
                ("loans", N_("Loans to members")),
                ("savings", N_("Members' savings")),
                ("net_surplus", N_("Net surplus")),
            )
            if (trend := self.of.trends.get(key)) is not None
        ]
        for left, right in zip(drawn[::2], drawn[1::2], strict=True):
            yield loan_sheet.beside(left, right)

    def meeting(self, number: int) -> Iterator[Flowable]:
        """Hand out to which meeting the book belongs: place, agenda, who came."""
        yield from self.begin(number, N_("Invitation and agenda"))
        called = self.of.meeting
        if called is None:
            yield self.sentence(
                N_("The meeting on this year is not called yet. Day and place: _____")
            )
            return
        rows = [
            (self.say(N_("Day")), self.day(called.held_on)),
            (self.say(N_("Place")), plain(f"{called.place}, {called.begins_at}")),
        ]
        if called.eligible is not None:
            who = N_("%(present)s of %(eligible)s members with a vote")
            here = self.say(who, present=called.present, eligible=called.eligible)
            rows.append((self.say(N_("Attendance")), here))
        yield pairs(rows)
        yield self.part(N_("Agenda"))
        for place, line in enumerate(called.agenda.splitlines(), start=1):
            yield Paragraph(f"{place}. {plain(line)}", PROSE)

    def members(self, number: int) -> Iterator[Flowable]:
        """Hand out how many members came and went, and who holds office."""
        of, moved = self.of, self.of.movement
        yield from self.begin(number, N_("Members and officers"))
        yield self.part(N_("Members with a vote"))
        rows = [
            [self.say(N_("At the beginning")), str(moved.beginning)],
            [self.say(N_("Joined in the year")), str(moved.came)],
            *(
                [self.say(STATUS_NAMES[cause]), str(-count)]
                for cause, count in moved.gone.items()
            ),
        ]
        if moved.other:
            rows.append([self.say(N_("Other changes of standing")), str(-moved.other)])
        rows.append([self.say(N_("At the end")), str(moved.end)])
        yield self.table(["", N_("Members")], rows, widths(70, 30))
        yield self.note(
            N_("%(count)s of them hold a principal share."), count=of.noted.held
        )
        yield self.part(N_("Offices in the year"))
        if of.terms:
            lines = [
                [
                    self.say(OFFICE_NAMES[term.office]),
                    cell(term.name, widths(30, 40, 30)[1]),
                    f"{short_day(term.began_on)} – "
                    + (short_day(term.ended_on) if term.ended_on else ""),
                ]
                for term in of.terms
            ]
            heads = [N_("Office"), N_("Who held it"), N_("From, until")]
            yield self.table(heads, lines, widths(30, 40, 30), words=2)
        else:
            yield self.sentence(N_("No term of office is written down."))

    def statements(self, number: int) -> Iterator[Flowable]:
        """Hand out the four statements and whether they tie."""
        yield from self.begin(number, N_("Statements"))
        yield from self.whole(self.of.told, self.of.last)

    def loans(self, number: int) -> Iterator[Flowable]:
        """Hand out how good the loans are."""
        now = self.of.now
        yield from self.begin(number, N_("Quality of loans"))
        yield self.part(N_("Loans by class"))
        rows = [
            [
                self.say(CLASS_NAMES[row.loan_class]),
                str(row.count),
                in_figures(row.outstanding),
                in_figures(row.deductible),
                in_figures(row.allowance),
            ]
            for row in now.by_class()
        ]
        heads = [
            *(N_("Class"), N_("Loans"), N_("Principal left (Rp)")),
            *(N_("Of it covered (Rp)"), N_("Allowance (Rp)")),
        ]
        total = [
            *(self.say(N_("Total")), str(len(now.rows)), in_figures(now.outstanding)),
            in_figures(sum((row.deductible for row in now.rows), ZERO)),
            in_figures(sum((row.allowance for row in now.rows), ZERO)),
        ]
        yield self.table(heads, rows, CLASS_WIDTHS, total=total)
        policy = say(POLICIES[now.policy].title, self.language)
        yield self.note(
            N_("Classes on %(day)s by %(policy)s."), day=self.day(now.on), policy=policy
        )
        yield self.part(N_("Portfolio at risk"))
        risks = [now.at_risk(days) for days in PAR_DAYS]
        lines = [
            [
                self.say(
                    N_("more than a day late")
                    if risk.days == 1
                    else N_("more than %(days)s days late"),
                    days=risk.days,
                ),
                str(risk.count),
                in_figures(risk.outstanding),
                self.percent(risk.share),
            ]
            for risk in risks
        ]
        heads = ["", N_("Loans"), N_("Principal left (Rp)"), N_("Share")]
        yield self.table(heads, lines, widths(40, 18, 24, 18))
        yield self.note(
            N_("Written off and still claimed: %(amount)s."),
            amount=loan_sheet.money(self.of.noted.claims),
        )

    def health(self, number: int) -> Iterator[Flowable]:
        """Hand out the score of 2016 by aspect, and what of it is open."""
        score = self.of.health.score
        yield from self.begin(number, N_("Health"))
        yield self.sentence(
            N_("%(points)s points of 100: %(predicate)s."),
            points=self.points(score.total),
            predicate=self.say(PREDICATE_NAMES[score.predicate]),
        )
        rows = [
            [
                self.say(ASPECT_NAMES[each.aspect]),
                self.points(each.points),
                self.points(each.weight),
                self.points(each.open) if each.open else "–",
            ]
            for each in score.aspects
        ]
        heads = [N_("Aspect"), N_("Points"), N_("of"), N_("Not judged")]
        yield self.table(heads, rows, widths(46, 18, 18, 18))
        ratios = [
            [
                each.code,
                Paragraph(self.say(each.reading.ratio.name), loan_sheet.CELL),
                self._ratio(each.reading.percent),
                self.points(each.points),
                str(each.scored.weight),
            ]
            for each in score.rows
        ]
        yield self.part(N_("Ratios"))
        heads = [N_("No."), N_("Ratio"), "%", N_("Points"), N_("of")]
        yield self.table(heads, ratios, widths(8, 52, 14, 14, 12), words=2)
        yield self.note(SUPERSEDED)
        mode, edge, rounding = (self.say(one) for one in score.choices.titles)
        yield self.note(
            N_("How it is scored: %(mode)s. Limits: %(edge)s. Rounding: %(rounding)s."),
            mode=mode,
            edge=edge,
            rounding=rounding,
        )
        if score.unanswered:
            yield self.note(
                N_("%(count)s questions about the management are not answered."),
                count=score.unanswered,
            )

    def points(self, amount: Fraction) -> str:
        """Write points with two digits at most, rounded down."""
        said = f"{decimal(amount, 2, Rounding.DOWN).normalize():f}"
        return said.replace(".", ",") if self.language == "id" else said

    def _ratio(self, percent: Fraction | None) -> str:
        return "–" if percent is None else self.percent(percent / 100)

    def supervisors(self, number: int) -> Iterator[Flowable]:
        """Hand out what the supervisors say."""
        yield from self.begin(number, N_("Report of the supervisors"))
        yield from self.written(TextSubject.SUPERVISORS)
