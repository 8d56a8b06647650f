"""ClassRun, LoanClassLog, LoanDaily: what every loan was on every day."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.baddebts.classes import LoanClass, Policy, Reason, Rhythm
from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.money import Money


class ClassRun(OfCooperative, Base):
    """All loans were classed up to a day, by the by-laws of that day.

    ``recorded`` is the number of the last record of the book that it saw, so that the
    next one knows what is new.  ``running`` loans were looked at, ``changed`` rows of
    the log written, ``needed`` has to be set aside.
    """

    __tablename__ = "class_run"
    __table_args__ = (of_a_cooperative(),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    run_on: Mapped[date]
    policy: Mapped[Policy] = mapped_column(WordColumn(Policy))
    recorded: Mapped[int]
    running: Mapped[int]
    changed: Mapped[int]
    needed: Mapped[Money]
    run_by: Mapped[str]


class LoanClassLog(OfCooperative, Base):
    """From a day on a loan is so; what it was on a day is in its last row by then.

    The *last* by ``number``, of those whose ``since`` has come: what was entered late
    is written again from its day on, and the older rows stay as they were known.
    ``late_since`` is the day the oldest unpaid installment fell due, ``carried`` the
    days a restructured loan came with; a loan that ended has no class.
    """

    __tablename__ = "loan_class_log"
    __table_args__ = (within("loan_number", of="loan"),)

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[date]
    loan_class: Mapped[LoanClass | None] = mapped_column(WordColumn(LoanClass))
    reason: Mapped[Reason | None] = mapped_column(WordColumn(Reason))
    late_since: Mapped[date | None]
    carried: Mapped[int | None]
    recorded: Mapped[int]


class LoanDaily(OfCooperative, Base):
    """What of a loan the next day asks for, worked out when something happened to it.

    Derived, like a balance: ``verify`` works it out again.  The three days are those
    on which the oldest unpaid principal, interest, or either fell or will fall due.
    ``apart`` says that the loan is looked at by itself, because something stands
    behind it, it was restructured, or more was found out about it than its days.  The
    last five columns are those of its last row in the log, ``logged`` its number.
    """

    __tablename__ = "loan_daily"
    __table_args__ = (within("loan_number", of="loan"),)

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    running: Mapped[bool]
    apart: Mapped[bool]
    rhythm: Mapped[Rhythm] = mapped_column(WordColumn(Rhythm))
    bullet: Mapped[bool]
    matures_on: Mapped[date]
    principal_due: Mapped[date | None]
    interest_due: Mapped[date | None]
    oldest_due: Mapped[date | None]
    outstanding: Mapped[Money]
    logged: Mapped[int]
    since: Mapped[date | None]
    loan_class: Mapped[LoanClass | None] = mapped_column(WordColumn(LoanClass))
    reason: Mapped[Reason | None] = mapped_column(WordColumn(Reason))
    late_since: Mapped[date | None]
    carried: Mapped[int | None]
