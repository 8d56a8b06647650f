"""What members decide: the surplus and its list, plan and budget, minutes to sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from coopbook.budgets import BudgetRow
from coopbook.i18n import N_
from coopbook.money import ZERO, Money
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet
from coopbook.printing.loan_sheet import cell
from coopbook.printing.meetingbook.business import Chapters
from coopbook.printing.meetingbook.facts import MeetingBook
from coopbook.printing.meetingbook.sheet import long_table
from coopbook.printing.statement_tables import widths
from coopbook.surplus import (
    ACTIVITY_NAMES,
    CAPITAL_NAMES,
    POOL_NAMES,
    SPREAD_NAMES,
    Pool,
)
from coopbook.surplus.rules import written
from coopbook.yearend import TextSubject

LIST_WIDTHS = widths(8, 27, 15, 15, 11, 13, 11)
BUDGET_WIDTHS = widths(10, 34, 19, 19, 18)


class Closing(Chapters):
    """The chapters the meeting decides on."""

    def __init__(self, of: MeetingBook, told: Callable[[int, int], None]) -> None:
        super().__init__(of)
        self.told = told

    def surplus(self, number: int) -> Iterator[Flowable]:
        """Hand out how the surplus is divided over its pools."""
        of, division = self.of, self.of.division
        yield from self.begin(number, N_("The surplus and what becomes of it"))
        earned = of.told.surplus.amount("net_surplus")
        yield self.sentence(
            N_("The year %(year)s ended with %(amount)s."),
            year=of.year,
            amount=loan_sheet.money(earned),
        )
        if division is None:
            yield self.sentence(
                N_("There is no surplus to divide.")
                if of.undivided != "NoPolicy"
                else N_("How the surplus is divided is not written down yet.")
            )
            return
        if division.decided:
            yield self.sentence(
                N_("Decided by the members: %(decision)s."), decision=division.decided
            )
        else:
            yield self.sentence(N_("Proposed to the meeting; nothing is decided yet."))
        parts = division.policy.of_whole()
        rows = [
            [
                self.say(POOL_NAMES[pool]),
                written(parts[pool]) if pool in parts else "",
                in_figures(division.pools[pool]),
            ]
            for pool in Pool
            if division.pools.get(pool)
        ]
        total = sum(division.pools.values(), ZERO)
        heads = [N_("Part"), "%", "Rp"]
        yield self.table(
            *(heads, rows, widths(60, 15, 25)),
            total=[self.say(N_("Total")), "", in_figures(total)],
        )
        policy = division.policy
        yield self.note(
            N_("Shares: %(capital)s. Patronage: %(activity)s. Rounding: %(spread)s."),
            capital=self.say(CAPITAL_NAMES[policy.capital_base]),
            activity=self.say(ACTIVITY_NAMES[policy.activity]),
            spread=self.say(SPREAD_NAMES[policy.spread]),
        )
        left = total - sum((division.pools.get(pool, ZERO) for pool in Pool), ZERO)
        assert not left, "the pools are the surplus to the rupiah"

    def plan(self, number: int) -> Iterator[Flowable]:
        """Hand out the budget of the year beside what happened, and the next plan."""
        of = self.of
        yield from self.begin(number, N_("Plan and budget"))
        yield self.part(N_("Budget and what happened, %(year)s"), year=of.year)
        yield from self._budget(of.budget, planned_only=False)
        yield self.part(N_("Plan of work %(year)s"), year=of.year + 1)
        yield from self.written(TextSubject.PLAN)
        yield self.part(N_("Budget %(year)s"), year=of.year + 1)
        yield from self._budget(of.next_budget, planned_only=True)

    def _budget(
        self, some: tuple[BudgetRow, ...], *, planned_only: bool
    ) -> Iterator[Flowable]:
        if not any(row.planned for row in some):
            yield self.sentence(N_("No budget is written down for this year."))
            return
        rows = [
            [
                row.account.code,
                cell(
                    row.account.name_id
                    if self.language == "id"
                    else row.account.name_en,
                    BUDGET_WIDTHS[1],
                ),
                in_figures(row.planned),
                in_figures(row.before if planned_only else row.actual),
                ""
                if planned_only or row.reached is None
                else self.percent(row.reached),
            ]
            for row in some
        ]
        beside = N_("Year before (Rp)") if planned_only else N_("What happened (Rp)")
        last = "" if planned_only else N_("Reached")
        heads = [N_("Code"), N_("Account"), N_("Planned (Rp)"), beside, last]
        yield self.table(heads, rows, BUDGET_WIDTHS, words=2)

    def members(self, number: int) -> Iterator[Flowable]:
        """Hand out every member's part of the surplus."""
        division = self.of.division
        yield from self.begin(number, N_("The surplus, member by member"))
        if division is None or not division.parts:
            yield self.sentence(N_("No member has a part."))
            return
        rows = [
            [
                f"{one.member:04d}",
                cell(one.name, LIST_WIDTHS[1]),
                in_figures(one.shares),
                in_figures(one.activity),
                in_figures(one.capital),
                in_figures(one.patronage),
                in_figures(one.total),
            ]
            for one in division.parts
        ]
        heads = [
            *(N_("No."), N_("Name"), N_("Shares (Rp)"), N_("Activity (Rp)")),
            *(N_("On shares"), N_("Patronage"), N_("Together")),
        ]
        yield from long_table(
            *([self.say(head) for head in heads], rows, LIST_WIDTHS),
            words=2,
            total=self._together(),
            done=self.told,
        )

    def _together(self) -> list[str]:
        division = self.of.division
        assert division is not None

        def summed(some: Iterator[Money]) -> str:
            return in_figures(sum(some, ZERO))

        parts = division.parts
        return [
            self.say(N_("Total")),
            "",
            summed(one.shares for one in parts),
            summed(one.activity for one in parts),
            summed(one.capital for one in parts),
            summed(one.patronage for one in parts),
            summed(one.total for one in parts),
        ]

    def minutes(self, number: int) -> Iterator[Flowable]:
        """Hand out what is to be decided, with places to sign."""
        of = self.of
        yield from self.begin(number, N_("Decisions and signatures"))
        for words in (
            N_("The members' meeting has heard the reports of board and supervisors."),
            N_("It approves the statements of the year %(year)s."),
            N_("It decides on the surplus as this book says."),
            N_("It takes note of the plan and approves the budget of %(next)s."),
        ):
            yield self.sentence(words, year=of.year, next=of.year + 1)
        blank = N_("Day and place: ______________________________________________")
        yield self.sentence(blank)
        yield self.sentence(N_("Decisions, numbered: ________________________________"))
        yield Spacer(1, 8 * mm)
        people = [
            (self.say(role), "", "")
            for role in (
                *(N_("Chair of the board"), N_("Secretary"), N_("Treasurer")),
                *(N_("Supervisors"), N_("Chair of the meeting"), N_("A member")),
            )
        ]
        yield loan_sheet.signatures(people[:3])
        yield Spacer(1, 6 * mm)
        yield loan_sheet.signatures(people[3:])
        yield self.note(
            N_(
                "All members of the board sign the annual report (UU 25/1992 article"
                " 36)."
            )
        )
