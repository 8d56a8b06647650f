"""The ledger: accounts, cards, entries, periods; one door for money."""

from coopbook.ledger.accounts import add_account, archive, enter_chart, recode
from coopbook.ledger.closing import (
    Check,
    close,
    close_month,
    is_closed,
    last_closed,
    month_checklist,
    next_to_close,
)
from coopbook.ledger.journal import (
    Page,
    entries,
    entry,
    entry_by_voucher,
    reversal_of,
)
from coopbook.ledger.model import (
    Account,
    Attachment,
    Card,
    Entry,
    Line,
    MoneyOrigin,
    Period,
)
from coopbook.ledger.origins import origin_of, origins, purposes_of
from coopbook.ledger.papers import (
    attachment,
    attachments,
    attachments_of,
    papers,
)
from coopbook.ledger.posting import post, reverse, when_reversed
from coopbook.ledger.queries import (
    TrialBalanceRow,
    account,
    account_balance,
    accounts,
    all_card_balances,
    card_balance,
    cards,
    periods,
    suspense,
    trial_balance,
)
from coopbook.ledger.reopening import ask_reopen
from coopbook.ledger.reversals import reverse_or_ask
from coopbook.ledger.rules import AccountType, Draft, Side, VoucherKind, credit, debit
from coopbook.ledger.statements import (
    StatementLine,
    account_statement,
)
from coopbook.ledger.templates import TEMPLATES, VoucherTemplate
from coopbook.ledger.vouchers import (
    Paper,
    post_journal,
    post_voucher,
)

__all__ = [
    "TEMPLATES",
    "Account",
    "AccountType",
    "Attachment",
    "Card",
    "Check",
    "Draft",
    "Entry",
    "Line",
    "MoneyOrigin",
    "Page",
    "Paper",
    "Period",
    "Side",
    "StatementLine",
    "TrialBalanceRow",
    "VoucherKind",
    "VoucherTemplate",
    "account",
    "account_balance",
    "account_statement",
    "accounts",
    "add_account",
    "all_card_balances",
    "archive",
    "ask_reopen",
    "attachment",
    "attachments",
    "attachments_of",
    "card_balance",
    "cards",
    "close",
    "close_month",
    "credit",
    "debit",
    "enter_chart",
    "entries",
    "entry",
    "entry_by_voucher",
    "is_closed",
    "last_closed",
    "month_checklist",
    "next_to_close",
    "origin_of",
    "origins",
    "papers",
    "periods",
    "post",
    "post_journal",
    "post_voucher",
    "purposes_of",
    "recode",
    "reversal_of",
    "reverse",
    "reverse_or_ask",
    "suspense",
    "trial_balance",
    "when_reversed",
]
