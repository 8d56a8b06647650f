"""What the page of a loan says beside its money: terms, papers, class, judgements."""

from __future__ import annotations

from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import baddebts, cooperatives, decisions, loans
from coopbook.loans import Loan, LoanState
from coopbook.members import MemberStatus
from coopbook.printing.loan_sheet import person_of
from webui.desk import current_book, today
from webui.policy import may

Offered = tuple[str, str | None, str]


def in_terms(loan: Loan) -> list[tuple[str, str]]:
    """Say under whom a loan was approved."""
    named = {row.number: row for row in cooperatives.terms_of_office(current_book)}
    held = [named.get(loan.board_term or 0), named.get(loan.head_term or 0)]
    return [
        (_(cooperatives.OFFICE_NAMES[row.office]), row.name)
        for row in held
        if row is not None
    ]


def papers(loan: Loan) -> list[tuple[str, str]]:
    """Return the papers of a loan that can be printed now."""
    found = [
        (_("Application"), url_for("backing.application", number=loan.number)),
        (_("Agreement"), url_for(".agreement", number=loan.number)),
    ]
    if loan.disbursed_on is not None:
        found.append((_("Loan card"), url_for(".card", number=loan.number)))
    if loan.state in (LoanState.DISBURSED, LoanState.SETTLED):
        found.append((_("Payoff letter"), url_for(".payoff", number=loan.number)))
    return found


def class_of(loan: Loan) -> tuple[str, str] | None:
    """Say how good a running loan is and why, to who reads bad debts."""
    if loan.state is not LoanState.DISBURSED or not may("baddebts.listed"):
        return None
    now = baddebts.assessed(current_book, loan, today())
    said = [_(baddebts.REASON_NAMES[now.verdict.reason])]
    if now.days:
        said.append(ngettext("%(num)s day late", "%(num)s days late", now.days))
    return _(baddebts.CLASS_NAMES[now.verdict.loan_class]), ", ".join(said)


def judgements(loan: Loan) -> list[tuple[date, str, str]]:
    """Say what was judged of a loan: the day, what and why, by whom."""
    if not may("baddebts.listed"):
        return []
    found = []
    for row in baddebts.judgements_of(current_book, loan):
        said = [_(baddebts.JUDGING_NAMES[row.kind]), row.reference]
        if row.decision_number is not None:
            said.append(decisions.decision(current_book, row.decision_number).label)
        said.append(row.reason)
        who = person_of(current_book, row.judged_by)
        found.append((row.judged_on, " · ".join(filter(None, said)), who))
    return found


def judging_acts(loan: Loan) -> list[Offered]:
    """Return what can be judged of a loan in trouble, or ended of it."""
    if loan.state is not LoanState.DISBURSED or not may("baddebts.handing_over"):
        return []
    now = baddebts.judged(current_book, loan, today())
    late = loans.standing(current_book, loan, today()).days_past_due
    dead = loan.member.status is MemberStatus.DECEASED
    found: list[Offered] = []
    if late or dead or now.handed_over:
        ends = _("Take the loan back")
        to = url_for("baddebts.handing_over", number=loan.number)
        found.append((ends if now.handed_over else _("Hand over to others"), to, ""))
    if may("baddebts.salvaging") and (late or now.salvageable):
        ends = _("Say it cannot be saved")
        to = url_for("baddebts.salvaging", number=loan.number)
        found.append((ends if now.salvageable else _("Say it can be saved"), to, ""))
    return found
