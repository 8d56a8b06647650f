"""The stored words of the book, as people say them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

WORDS = {
    # roles
    "manager": _l("Manager"),
    "treasurer": _l("Treasurer"),
    "teller": _l("Teller"),
    "credit": _l("Credit officer"),
    "bookkeeper": _l("Bookkeeper"),
    "supervisor": _l("Supervisor"),
    "auditor": _l("Auditor"),
    "member": _l("Member"),
    # a member's standing
    "prospective": _l("prospective"),
    "active": _l("active"),
    "associate": _l("associate"),
    "suspended": _l("suspended"),
    "resigned": _l("resigned"),
    "expelled": _l("expelled"),
    "deceased": _l("deceased"),
    # a loan's life, and an approval's
    "applied": _l("waiting for approval"),
    "approved": _l("approved"),
    "refused": _l("refused"),
    "cancelled": _l("cancelled"),
    "disbursed": _l("running"),
    "settled": _l("settled"),
    "written_off": _l("written off, still owed"),
    "pending": _l("waiting"),
    "expired": _l("expired"),
    # an installment
    "paid": _l("paid"),
    "part": _l("partly paid"),
    "late": _l("late"),
    "due": _l("due"),
    "ahead": _l("to come"),
    # interest methods
    "flat": _l("flat"),
    "declining": _l("declining, equal principal"),
    "annuity": _l("annuity, equal installments"),
    "bullet": _l("principal at the end"),
    "bullet_end": _l("principal and interest at the end"),
    "margin": _l("agreed charge"),
    # vouchers
    "BKM": _l("Cash receipt"),
    "BKK": _l("Cash payment"),
    "BBM": _l("Bank receipt"),
    "BBK": _l("Bank payment"),
    "BM": _l("Memorial voucher"),
    # what needs a second person
    "loans.approve": _l("Loan"),
    "loans.approve.small": _l("Small loan"),
    "loans.agree": _l("Loan of a related party"),
    "loans.waive": _l("Penalty waived"),
    "loans.rate": _l("New rate of a loan"),
    "loans.product": _l("Kind of loan changed"),
    "ledger.reopen": _l("Reopening a month"),
    "ledger.voucher": _l("Voucher above the limit"),
    "ledger.backdate": _l("Posting on an earlier date"),
    "people.roles": _l("Roles of a person"),
    # the classes of accounts
    "asset": _l("Assets"),
    "liability": _l("Liabilities"),
    "equity": _l("Equity"),
    "revenue": _l("Income"),
    "expense": _l("Expenses"),
    "memo": _l("Memo accounts"),
    # sides
    "debit": _l("debit"),
    # why an amount is held
    "guarantee": _l("Guarantee"),
    "collateral": _l("Security"),
    "court": _l("By order of a court"),
    "other": _l("Another reason"),
    # a term deposit
    "open": _l("runs"),
    "matured": _l("paid at maturity"),
    "rolled": _l("tied again"),
    "broken": _l("broken early"),
    "monthly": _l("every month"),
    "at_maturity": _l("at maturity"),
    "rollover.stop": _l("paid to the savings account"),
    "rollover.principal": _l("principal tied again, interest paid"),
    "rollover.whole": _l("principal and interest tied again"),
    # a month of the mandatory share
    "missed": _l("missed"),
    "exempt": _l("exempt"),
    # how money moves
    "cash": _l("cash"),
    "bank": _l("bank"),
}
