"""A village that helps: who is long late gets another paper, and may pay or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coopbook import loans, members
from coopbook.loans.planning import RoundedTooCoarsely
from coopbook.loans.rules import RestructuredOften
from tests.conftest import as_
from tests.coopbook.baddebts.simulation import GOOD, Running, Village
from tests.coopbook.earlywarning.villages import today_is
from tests.coopbook.rounds.neighbours import approve

LONG = 45
"""Days late from which a loan is restructured."""

TERM = 8


class HelpingVillage(Village):
    """At each month's end two of three loans that are long late are restructured.

    Half of those who were helped pay on time from then on; the others go on as before.
    """

    helped = 0
    refused = 0

    def live(self) -> Iterator[date]:
        """Let the months pass, and help at the end of each, before it is looked at."""
        for evening in super().live():
            for running in list(self.running.values()):
                loan = loans.loan(self.book, running.number)
                late = loans.standing(self.book, loan, evening).days_past_due
                if late > LONG and (running.number + evening.month) % 3:
                    self._help(running, evening)
            yield evening

    def _help(self, running: Running, on: date) -> None:
        book, old = self.book, loans.loan(self.book, running.number)
        with today_is(book, on):
            try:
                with as_(book, "dewi"):
                    new = loans.ask_replacement(
                        *(book, old, loans.product(book, "modal")),
                        loans.to_date(book, old, on).total,
                        term=TERM,
                        purpose="modal",
                        on=on,
                        restructure=True,
                    )
            except (RoundedTooCoarsely, RestructuredOften) as no:
                self.refused += isinstance(no, RestructuredOften)
                return
            approve(book, loans.asked_for(book, new))
            if new.related is not None:
                approve(book, loans.asked_for(book, new), by="sari")
            loans.disburse(book, new, on=on)
        assert members.member(book, running.who.number) is not None
        self.helped += 1
        due = [row.due_on for row in loans.schedule_of(book, new)]
        del self.running[running.number]
        running.who.loan = new.number
        if self.chance.random() < 0.5:
            running.who.manner = GOOD
            away = None
        else:
            away = self.chance.randrange(4)
        self.running[new.number] = Running(new.number, running.who, due, away)
        for place, day in enumerate(due):
            self.plan(*self._comes(new.number, place, day, on))
