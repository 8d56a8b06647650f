"""Statements counted by hand from the journal; never imports coopbook.

Only the first digits of an account number are looked at, as a bookkeeper would.
"""


def told_by_hand(journal, first, last):
    """Return some rows of the position, the surplus statement and the cash flow."""
    position = {"total_assets": 0, "total_liabilities": 0, "total_equity": 0}
    position |= {"cash": 0, "surplus": 0, "earlier_surplus": 0, "total_both": 0}
    surplus = {"gross_participation": 0, "cost_of_funds": 0, "net_surplus": 0}
    surplus |= {"total_operating": 0, "tax": 0, "non_member": 0}
    opening = closing = 0
    for day, account, debit, credit in journal:
        kind, group = account // 10_000, account // 1_000
        if account // 100 in (111, 112):
            closing += (debit - credit) if day <= last else 0
            opening += (debit - credit) if day < first else 0
        if day <= last:
            if kind == 1:
                position["total_assets"] += debit - credit
                if account // 100 in (111, 112):
                    position["cash"] += debit - credit
            elif kind == 2:
                position["total_liabilities"] += credit - debit
            else:
                position["total_equity"] += credit - debit
                this_year = day.year == last.year
                if kind in (4, 5):
                    row = "surplus" if this_year else "earlier_surplus"
                    position[row] += credit - debit
                elif account in (34_001, 39_999):
                    position["surplus"] += credit - debit
                elif group == 34:
                    position["earlier_surplus"] += credit - debit
        if first <= day <= last and kind in (4, 5):
            surplus["net_surplus"] += credit - debit
            if group == 41:
                surplus["gross_participation"] += credit - debit
            elif group == 42:
                surplus["non_member"] += credit - debit
            elif group == 51:
                surplus["cost_of_funds"] += debit - credit
            elif group == 52:
                surplus["total_operating"] += debit - credit
            elif group == 55:
                surplus["tax"] += debit - credit
    position["total_both"] = position["total_liabilities"] + position["total_equity"]
    cash = {"closing": closing, "change": closing - opening}
    return {"position": position, "surplus": surplus, "cash": cash}


def brought_by_assets(entries, first, last):
    """Return the cash that came in for assets sold, and what was paid for new ones.

    An entry is its day, whether it takes another back, and its lines (account, debit,
    credit).  Which it is one sees by the side the asset itself stands on.
    """
    sold = bought = 0
    for day, takes_back, lines in entries:
        if not first <= day <= last:
            continue
        cash = sum(one - two for number, one, two in lines if number // 100 == 112)
        rose = any(
            one
            for number, one, _ in lines
            if number // 1_000 in (13, 14) and number % 100 < 90
        )
        if not any(number // 1_000 in (13, 14) for number, _, _ in lines):
            continue
        if rose != takes_back:
            bought += cash
        else:
            sold += cash
    return sold, bought
