"""Fixed assets name the entry that bought them, and wore out no more than they may."""

from __future__ import annotations

from sqlalchemy import Connection

from coopbook.assets.buying import BUY
from coopbook.chain.findings import Wrong
from coopbook.i18n import N_
from coopbook.ledger.following import rows

BOUGHT = (
    "SELECT a.number, a.purchase_entry FROM fixed_asset a WHERE a.cooperative_id = {}"
    " AND a.purchase_entry IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entry e"
    " JOIN line l ON l.cooperative_id = e.cooperative_id"
    " AND l.entry_number = e.number WHERE e.cooperative_id = a.cooperative_id"
    f" AND e.number = a.purchase_entry AND e.source = '{BUY}'"
    " AND e.booked_on = a.bought_on AND l.account_number = a.account_number"
    " AND l.debit = a.cost) ORDER BY a.number LIMIT 1"
)
WORN = (
    "SELECT a.number, a.cost - a.residual, coalesce(a.worn_before, 0)"
    " + coalesce((SELECT sum(d.amount) FROM depreciation d"
    " WHERE d.cooperative_id = a.cooperative_id AND d.asset_number = a.number"
    " AND NOT EXISTS (SELECT 1 FROM entry u"
    " WHERE u.cooperative_id = d.cooperative_id"
    " AND u.reverses = d.entry_number)), 0)"
    " FROM fixed_asset a WHERE a.cooperative_id = {} ORDER BY a.number"
)


def check_assets(connection: Connection, cooperative_id: int) -> int:
    """Compare each asset with its purchase and its life; return how many assets.

    What an entry bought stands on its account for its cost from its day.  What was
    depreciated, in older books as well, is never more than the cost less what is left
    at the end.
    """
    for number, entry in rows(connection, BOUGHT, cooperative_id):
        raise Wrong(
            N_("Asset %(number)s says that entry %(entry)s bought it; it did not."),
            number=number,
            entry=entry,
        )
    count = 0
    for number, most, worn in rows(connection, WORN, cooperative_id):
        count += 1
        if int(worn) > most:
            raise Wrong(
                N_("Asset %(number)s wore out by %(worn)s, and may by %(most)s."),
                number=number,
                worn=f"{int(worn):,}",
                most=f"{most:,}",
            )
    return count
