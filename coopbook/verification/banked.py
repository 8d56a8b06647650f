"""A bank's statements lead from first to last, and no line is matched twice."""

from __future__ import annotations

from sqlalchemy import Connection

from coopbook.bankstatements.model import How
from coopbook.chain.findings import Wrong
from coopbook.i18n import N_
from coopbook.ledger.following import rows

STATEMENTS = (
    "SELECT number, opening, closing FROM bank_statement"
    " WHERE cooperative_id = {} ORDER BY number"
)
LINES = (
    "SELECT statement_number, number, amount, balance FROM bank_line"
    " WHERE cooperative_id = {} ORDER BY statement_number, number"
)
STANDS = (
    " JOIN bank_match m ON m.cooperative_id = o.cooperative_id"
    " AND m.number = o.match_number WHERE o.cooperative_id = {}"
    " AND NOT EXISTS (SELECT 1 FROM bank_match_undone u"
    " WHERE u.cooperative_id = o.cooperative_id AND u.match_number = o.match_number)"
)
OF_BANK = (
    "SELECT o.match_number, m.how, o.statement_number, o.line_number, b.amount"
    " FROM bank_match_line o JOIN bank_line b ON b.cooperative_id = o.cooperative_id"
    " AND b.statement_number = o.statement_number AND b.number = o.line_number"
    + STANDS
    + " ORDER BY o.match_number"
)
OF_BOOK = (
    "SELECT o.match_number, m.how, o.entry_number, o.line_number, l.debit - l.credit"
    " FROM bank_match_entry o JOIN line l ON l.cooperative_id = o.cooperative_id"
    " AND l.entry_number = o.entry_number AND l.number = o.line_number"
    + STANDS
    + " ORDER BY o.match_number"
)


def check_bank(connection: Connection, cooperative_id: int) -> int:
    """Follow every statement and every match that stands; return how many lines.

    A statement's lines lead from its opening to its closing balance.  A line, of the
    bank or of the book, is in one match at most; both sides of a match come to the
    same.  That a line was outstanding when the statements began is no match.
    """
    count = _statements(connection, cooperative_id)
    sums: dict[int, list[int]] = {}
    for place, sql in enumerate((OF_BANK, OF_BOOK)):
        seen: dict[tuple[int, int], int] = {}
        for match, how, one, line, units in rows(connection, sql, cooperative_id):
            if how == How.BEFORE:
                continue
            if (first := seen.setdefault((one, line), match)) != match:
                raise Wrong(
                    N_("Matches %(one)s and %(other)s hold the same line."),
                    one=first,
                    other=match,
                )
            sums.setdefault(match, [0, 0])[place] += int(units)
    for match, (bank, book) in sums.items():
        if bank != book:
            raise Wrong(
                N_("Match %(number)s holds %(bank)s of the bank and %(book)s here."),
                number=match,
                bank=f"{bank:,}",
                book=f"{book:,}",
            )
    return count


def _statements(connection: Connection, cooperative_id: int) -> int:
    ends = {
        number: (int(opening), int(closing))
        for number, opening, closing in rows(connection, STATEMENTS, cooperative_id)
    }
    at = {number: opening for number, (opening, _) in ends.items()}
    count = 0
    for statement, number, amount, balance in rows(connection, LINES, cooperative_id):
        at[statement] += int(amount)
        count += 1
        if at[statement] != int(balance):
            raise Wrong(
                N_("Line %(line)s of the bank's statement %(number)s does not follow."),
                line=number,
                number=statement,
            )
    for number, (_, closing) in ends.items():
        if at[number] != closing:
            raise Wrong(
                N_("The bank's statement %(number)s does not end as it says."),
                number=number,
            )
    return count
