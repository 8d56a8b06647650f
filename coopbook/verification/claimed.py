"""What is claimed of written-off loans lies in the memorandum, loan by loan."""

from __future__ import annotations

from sqlalchemy import Connection

from coopbook.chain.findings import Wrong
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.following import rows

SOURCES = "('baddebts.write_off', 'baddebts.recover', 'baddebts.waive')"
MEMO = (
    "SELECT l.loan_number,"
    f" sum(CASE WHEN l.account_number = {chart.WRITTEN_OFF}"
    " THEN l.debit - l.credit ELSE 0 END),"
    f" sum(CASE WHEN l.account_number = {chart.SUSPENDED_INTEREST}"
    " THEN l.debit - l.credit ELSE 0 END)"
    " FROM line l JOIN entry e ON e.cooperative_id = l.cooperative_id"
    " AND e.number = l.entry_number LEFT JOIN entry o"
    " ON o.cooperative_id = e.cooperative_id AND o.number = e.reverses"
    " WHERE l.cooperative_id = {} AND l.loan_number IS NOT NULL"
    f" AND (e.source IN {SOURCES} OR o.source IN {SOURCES})"
    " GROUP BY l.loan_number"
)
STANDS = (
    "NOT EXISTS (SELECT 1 FROM entry u WHERE u.cooperative_id = c.cooperative_id"
    " AND u.reverses = c.entry_number)"
)
CLAIMS = " UNION ALL ".join(
    f"SELECT loan_number, {sign} * principal, {sign} * (interest + penalty)"
    f" FROM {table} c WHERE cooperative_id = {{0}} AND {STANDS}"
    for table, sign in (("write_off", 1), ("claim_recovery", -1), ("claim_waiver", -1))
)
STATES = "SELECT number, state FROM loan WHERE cooperative_id = {} ORDER BY number"


def check_claims(connection: Connection, cooperative_id: int) -> int:
    """Compare each claim with its memorandum lines; return how many claims there are.

    A loan is written off just where a write-off stands, and none is below zero.
    """
    said: dict[int, tuple[int, int]] = {}
    written = set()
    for loan, principal, rest in rows(connection, CLAIMS, cooperative_id):
        before = said.get(loan, (0, 0))
        said[loan] = (before[0] + int(principal), before[1] + int(rest))
        if principal > 0 or rest > 0:
            written.add(loan)
    lines = {
        loan: (int(principal), int(rest))
        for loan, principal, rest in rows(connection, MEMO, cooperative_id)
    }
    for loan in sorted(said.keys() | lines.keys()):
        one, other = said.get(loan, (0, 0)), lines.get(loan, (0, 0))
        if one != other or min(one) < 0:
            raise Wrong(
                N_(
                    "Of loan %(number)s %(said)s is claimed, its memorandum lines say"
                    " %(lines)s."
                ),
                number=loan,
                said=f"{sum(one):,}",
                lines=f"{sum(other):,}",
            )
    for number, state in rows(connection, STATES, cooperative_id):
        if (state == "written_off") != (number in written):
            raise Wrong(
                N_("Loan %(number)s is %(state)s, but its write-off says otherwise."),
                number=number,
                state=state,
            )
    return len(written)
