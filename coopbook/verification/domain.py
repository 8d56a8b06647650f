"""Loans, savings and imports agree with what the ledger holds."""

from __future__ import annotations

from sqlalchemy import Connection

from coopbook.chain.findings import Wrong
from coopbook.i18n import N_
from coopbook.importing.checking import altered_batches
from coopbook.ledger.following import rows

UNKNOWN_LOAN = (
    "SELECT entry_number, loan_number FROM line WHERE cooperative_id = {}"
    " AND loan_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM loan"
    " WHERE loan.cooperative_id = line.cooperative_id"
    " AND loan.number = line.loan_number) ORDER BY entry_number LIMIT 1"
)
LOANS = (
    "SELECT l.number, l.state, l.principal + coalesce((SELECT sum(c.amount)"
    " FROM loan_change c WHERE c.cooperative_id = l.cooperative_id"
    " AND c.loan_number = l.number AND c.kind = 'tranche' AND NOT EXISTS"
    " (SELECT 1 FROM entry u WHERE u.cooperative_id = c.cooperative_id"
    " AND u.reverses = c.entry_number)), 0),"
    " (SELECT sum(n.debit) - sum(n.credit)"
    " FROM line n WHERE n.cooperative_id = l.cooperative_id"
    " AND n.account_number = l.account_number AND n.card_number = l.number)"
    " FROM loan l WHERE l.cooperative_id = {} ORDER BY l.number"
)
CARDLESS = (
    "SELECT s.number FROM savings_account s WHERE s.cooperative_id = {}"
    " AND NOT EXISTS (SELECT 1 FROM card c"
    " WHERE c.cooperative_id = s.cooperative_id"
    " AND c.account_number = s.account_number AND c.number = s.number)"
    " ORDER BY s.number LIMIT 1"
)


def check_domain(connection: Connection, cooperative_id: int) -> int:
    """Compare each loan's state with its card; return how many loans."""
    for entry, loan in rows(connection, UNKNOWN_LOAN, cooperative_id):
        raise Wrong(
            N_("Entry %(entry)s names loan %(loan)s, which is not there."),
            entry=entry,
            loan=loan,
        )
    for (number,) in rows(connection, CARDLESS, cooperative_id):
        raise Wrong(N_("Savings account %(number)s has no card."), number=number)
    count = 0
    for number, state, principal, held in rows(connection, LOANS, cooperative_id):
        count += 1
        owes = int(held or 0)
        fits = {
            "disbursed": 0 <= owes <= principal,
            "settled": owes == 0,
        }.get(state, owes == 0)
        if not fits:
            raise Wrong(
                N_("Loan %(number)s is %(state)s, but its card says %(owes)s."),
                number=number,
                state=state,
                owes=f"{owes:,}",
            )
    return count


def check_imports(connection: Connection, cooperative_id: int) -> int:
    """Compare the rows of every import with the digest sealed when it was made."""
    for number in altered_batches(connection, cooperative_id):
        raise Wrong(N_("The rows of import %(number)s were changed."), number=number)
    (count,) = connection.exec_driver_sql(
        "SELECT count(*) FROM import_batch"
        f" WHERE cooperative_id = {int(cooperative_id)}"
    ).one()
    return int(count)
