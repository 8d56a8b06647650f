"""A journal that was read, as what every preview shows."""

from __future__ import annotations

from decimal import Decimal

from coopbook.i18n import N_, Word
from coopbook.importing.journals.lines import SourceJournal, refused
from coopbook.importing.sheets.proposal import FoundColumn, Proposal
from coopbook.importing.understood import Figure, Understood

FORMS = {
    "csv": N_("our own journal in text"),
    "xlsx": N_("our own workbook"),
    "ads": N_("general ledger of the audit data standard"),
    "saft": N_("standard audit file (SAF-T)"),
    "plain-text": N_("journal of hledger or ledger"),
    "beancount": N_("journal of beancount"),
}
DEBIT, CREDIT = Word(N_("debit")), Word(N_("credit"))


def as_understood(found: SourceJournal) -> Understood:
    """Return the entries of a journal in the order of its file."""
    debit = sum((entry.amount for entry in found.entries), Decimal(0))
    return Understood(
        proposal=Proposal(
            sheet="",
            headings=(),
            columns=(
                FoundColumn("debit", DEBIT, 0, ""),
                FoundColumn("credit", CREDIT, 1, ""),
            ),
            unused=(),
            rows=(),
            opening=None,
            totals=None,
            set_aside=(),
            other_sheets=(),
            mark="",
            form=Word(FORMS[found.form]),
        ),
        movements=tuple(found.entries),
        figures=(Figure("debit", None, debit), Figure("credit", None, debit)),
        not_understood=tuple(refused(found)),
        breaks=tuple(found.breaks),
    )
