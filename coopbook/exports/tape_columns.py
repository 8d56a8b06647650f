"""What each column of the loan tape holds: its value, and how it is explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from coopbook.baddebts import LoanClass, Policy, Reason, Rhythm
from coopbook.exports.tape_row import Told, percent_of
from coopbook.i18n import N_
from coopbook.loans import InterestMethod
from coopbook.loans.rules import LoanState, Sector
from coopbook.money import Per

Value = Callable[[Told], object]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it means, and how to read it."""

    name: str
    kind: str
    unit: str
    example: str
    meaning: str
    value: Value
    codes: tuple[str, ...] = ()


def _codes(words: Iterable[Enum]) -> tuple[str, ...]:
    return tuple(str(word.value) for word in words)


NUMBER, MONEY = ("integer", ""), ("integer", "rupiah")
DAY, DAYS, TEXT, CODE = ("date", ""), ("integer", "days"), ("text", ""), ("code", "")
FLAG = ("flag", "")
CLASSES, A_CLASS = _codes(LoanClass), "substandard"

COLUMNS = (
    Column(
        *("as_of", *DAY, "2026-06-30"),
        N_("The day of the tape: every other column is as of its end."),
        lambda of: of.on,
    ),
    Column(
        *("loan", *NUMBER, "7"),
        N_("Number of the loan in this cooperative."),
        lambda of: of.loan.number,
    ),
    Column(
        *("member", *NUMBER, "42"),
        N_("Number of the borrower among the members; no name is on the tape."),
        lambda of: of.loan.member_number,
    ),
    Column(
        *("product", *CODE, "productive"),
        N_("Code of the kind of loan."),
        lambda of: of.loan.product_code,
    ),
    Column(
        *("purpose", *TEXT, "warung"),
        N_("What the loan is for, as written; names of members and long numbers out."),
        lambda of: of.purpose,
    ),
    Column(
        *("sector", *CODE, "trade"),
        N_("What the money works in, as it was chosen; empty where nobody chose."),
        lambda of: of.loan.sector,
        _codes(Sector),
    ),
    Column(
        *("hamlet", *TEXT, "Krajan"),
        N_("Hamlet or RT of the borrower today; names and long numbers out."),
        lambda of: of.hamlet,
    ),
    Column(
        *("disbursed_on", *DAY, "2026-03-16"),
        N_("Day it was paid out."),
        lambda of: of.loan.disbursed_on,
    ),
    Column(
        *("term", "integer", "periods", "12"),
        N_("How many periods it was agreed for."),
        lambda of: of.loan.term,
    ),
    Column(
        *("every", *TEXT, "1 month"),
        N_("How long a period is; “dates” where the due days were chosen."),
        lambda of: of.every,
    ),
    Column(
        *("rhythm", *CODE, "months"),
        N_("How often it is repaid, as the ministry's table of classes counts it."),
        lambda of: of.lateness.rhythm,
        _codes(Rhythm),
    ),
    Column(
        *("method", *CODE, "flat"),
        N_("On what interest is charged, and how principal is spread."),
        lambda of: of.loan.method,
        _codes(InterestMethod),
    ),
    Column(
        *("rate", "decimal", "percent", "1.5"),
        N_("Rate of interest as quoted, when it was agreed."),
        lambda of: percent_of(of.loan.rate),
    ),
    Column(
        *("rate_per", *CODE, "month"),
        N_("The time the rate is quoted for."),
        lambda of: of.loan.rate.per,
        _codes(Per),
    ),
    Column(
        *("principal", *MONEY, "5000000"),
        N_("Amount lent."),
        lambda of: of.loan.principal,
    ),
    Column(
        *("fees", *MONEY, "75000"),
        N_("Fees that were taken when it was paid out."),
        lambda of: of.loan.origination_fee + of.loan.admin_fee,
    ),
    Column(
        *("first_due_on", *DAY, "2026-04-16"),
        N_("Day the first installment is due."),
        lambda of: of.standing.strip[0].due_on,
    ),
    Column(
        *("matures_on", *DAY, "2027-03-16"),
        N_("Day the last installment is due, as the schedule stands."),
        lambda of: of.standing.strip[-1].due_on,
    ),
    Column(
        *("installments_paid", "integer", "installments", "2"),
        N_("Installments that are paid in full."),
        lambda of: of.paid,
    ),
    Column(
        *("installments", "integer", "installments", "12"),
        N_("Installments there are, as the schedule stands."),
        lambda of: len(of.standing.strip),
    ),
    Column(
        *("principal_outstanding", *MONEY, "4583000"),
        N_("Principal that is still owed."),
        lambda of: of.standing.outstanding_principal,
    ),
    Column(
        *("interest_due", *MONEY, "75000"),
        N_("Interest that is due by the day and not paid."),
        lambda of: of.standing.due.interest,
    ),
    Column(
        *("penalty_due", *MONEY, "1736"),
        N_("Penalty that is due by the day and not paid."),
        lambda of: of.standing.due.penalty,
    ),
    Column(
        *("arrears_principal", *MONEY, "417000"),
        N_("Principal of installments that are late, without what is tolerated."),
        lambda of: of.late_principal,
    ),
    Column(
        *("arrears_interest", *MONEY, "75000"),
        N_("Interest of installments that are late, without what is tolerated."),
        lambda of: of.late_interest,
    ),
    Column(
        *("oldest_principal_due_on", *DAY, "2026-05-16"),
        N_("Oldest day on which principal fell due that is not paid."),
        lambda of: of.lateness.principal_due,
    ),
    Column(
        *("oldest_interest_due_on", *DAY, "2026-05-16"),
        N_("Oldest day on which interest fell due that is not paid."),
        lambda of: of.lateness.interest_due,
    ),
    Column(
        *("days_past_due", *DAYS, "45"),
        N_("Days since the oldest installment that is late was due."),
        lambda of: of.standing.days_past_due,
    ),
    Column(
        *("days_carried", *DAYS, "0"),
        N_(
            "Of a restructured loan the days it came with, zero once it is cured; what "
            "is at risk counts the larger of this and the days past due."
        ),
        lambda of: of.carried,
    ),
    Column(
        *("class", *CODE, A_CLASS),
        N_("Class by the policy of the by-laws."),
        lambda of: of.assessed.verdict.loan_class if of.assessed else None,
        CLASSES,
    ),
    Column(
        *("class_kukm", *CODE, A_CLASS),
        N_("Class by the four classes of the ministry of cooperatives."),
        lambda of: of.class_by(Policy.KUKM),
        CLASSES,
    ),
    Column(
        *("class_bank5", *CODE, A_CLASS),
        N_("Class by the five classes of banks."),
        lambda of: of.class_by(Policy.BANK5),
        CLASSES,
    ),
    Column(
        *("class_lkm3", *CODE, "doubtful"),
        N_("Class by the three classes of microfinance institutions (historic)."),
        lambda of: of.class_by(Policy.LKM3),
        CLASSES,
    ),
    Column(
        *("class_pearls", *CODE, "delinquent"),
        N_("Class by the delinquency of credit unions."),
        lambda of: of.class_by(Policy.PEARLS),
        CLASSES,
    ),
    Column(
        *("reason", *CODE, "principal"),
        N_("Why it is in the class of the by-laws."),
        lambda of: of.assessed.verdict.reason if of.assessed else None,
        _codes(Reason),
    ),
    Column(
        *("salvageable", *FLAG, "0"),
        N_(
            "Whether the board judged that it can still be saved; doubtful, it then"
            " needs cover of 75 percent (1 or 0)."
        ),
        lambda of: of.judged.salvageable,
    ),
    Column(
        *("handed_over", *FLAG, "0"),
        N_(
            "Whether the court, the state receivables office or an insurer has it; by"
            " the ministry's rules it is then loss (1 or 0)."
        ),
        lambda of: of.judged.handed_over,
    ),
    Column(
        *("cover", *MONEY, "2000000"),
        N_(
            "What counts of held savings and collateral, up to the principal; looked "
            "up only of loans that are late, not yet cured or handed over."
        ),
        lambda of: of.assessed.deductible if of.assessed else None,
    ),
    Column(
        *("allowance", *MONEY, "1291500"),
        N_("What has to be set aside for it by the scale of the by-laws."),
        lambda of: of.assessed.allowance if of.assessed else None,
    ),
    Column(
        *("state", *CODE, "disbursed"),
        N_("Whether it ran on the day or had been paid off."),
        lambda of: LoanState.DISBURSED if of.assessed else LoanState.SETTLED,
        _codes((LoanState.DISBURSED, LoanState.SETTLED)),
    ),
    Column(
        *("officer", *CODE, "dewi"),
        N_("Log-in of who looks after it today."),
        lambda of: of.officer,
    ),
    Column(
        *("approver", *CODE, "budi"),
        N_("Log-in of who approved it."),
        lambda of: of.loan.approved_by,
    ),
    Column(
        *("board_term", *NUMBER, "1"),
        N_("Number of the board's term of office when it was approved."),
        lambda of: of.loan.board_term,
    ),
    Column(
        *("board_term_began_on", *DAY, "2025-01-01"),
        N_("Day that term of the board began."),
        lambda of: of.began(of.loan.board_term),
    ),
    Column(
        *("head_term", *NUMBER, "2"),
        N_("Number of the village head's term of office when it was approved."),
        lambda of: of.loan.head_term,
    ),
    Column(
        *("head_term_began_on", *DAY, "2020-08-01"),
        N_("Day that term of the village head began."),
        lambda of: of.began(of.loan.head_term),
    ),
    Column(
        *("group", *NUMBER, "3"),
        N_("Number of the group that answers for it."),
        lambda of: of.group,
    ),
    Column(
        *("related", *FLAG, "0"),
        N_("Whether the borrower is tied to an officer of the cooperative (1 or 0)."),
        lambda of: of.loan.related is not None,
    ),
    Column(
        *("replaces", *NUMBER, "4"),
        N_("Number of the loan it took the place of."),
        lambda of: of.loan.replaces,
    ),
    Column(
        *("restructured", *FLAG, "0"),
        N_("Whether it took that place because the other could not be paid (1 or 0)."),
        lambda of: of.loan.carried_days is not None,
    ),
    Column(
        *("first_late_on", *DAY, "2026-06-16"),
        N_("First day it was more than thirty days late."),
        lambda of: of.first_late_on,
    ),
)
