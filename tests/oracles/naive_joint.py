"""Several books as one, counted by hand entry by entry; never imports coopbook.

A book is a list of entries: the day, what made it, whether it takes another back, and
its lines (account, debit, credit).  Only account numbers are looked at.
"""

CURRENT = (11_902, 21_902)
CAPITAL = (12_101, 31_004, 31_005)
CHARGES = (43_101, 43_102, 54_101, 54_102)
BETWEEN = (*CURRENT, *CAPITAL, *CHARGES)


def is_cash(account):
    """Say whether an account is cash or a bank."""
    return account // 100 in (111, 112)


def handed(received, paid):
    """Return the most that units can have handed to other units, by looking for ways.

    Rupiah go from a unit that received to another that paid until no way is left.
    """
    n = len(received)
    room = {("from", u): max(received[u], 0) for u in range(n)}
    room |= {("to", u): max(paid[u], 0) for u in range(n)}
    sent = {(u, v): 0 for u in range(n) for v in range(n) if u != v}
    whole = 0
    while True:
        ways = [[u] for u in range(n) if room["from", u]]
        found, seen = None, {way[0] for way in ways}
        seen_to = set()
        while ways and found is None:
            way = ways.pop(0)
            for v in range(n):
                if v == way[-1] or v in seen_to:
                    continue
                seen_to.add(v)
                if room["to", v]:
                    found = [*way, v]
                    break
                for u in range(n):
                    if u != v and u not in seen and sent[u, v]:
                        seen.add(u)
                        ways.append([*way, v, u])
        if found is None:
            return min(whole, max(sum(received), 0), max(sum(paid), 0))
        steps = [(found[at], found[at + 1]) for at in range(0, len(found), 2)]
        backs = [(found[at + 2], found[at + 1]) for at in range(0, len(found) - 2, 2)]
        much = (
            min(
                room["from", found[0]], room["to", found[-1]], *(sent[b] for b in backs)
            )
            if backs
            else min(room["from", found[0]], room["to", found[-1]])
        )
        room["from", found[0]] -= much
        room["to", found[-1]] -= much
        for step in steps:
            sent[step] += much
        for back in backs:
            sent[back] -= much
        whole += much


def line_of_cash(account, received):
    """Return the line of the cash flow some accounts stand in, else nothing."""
    group = account // 100
    if group in (114, 115):
        return "loans_in" if received else "loans_out"
    if account // 1_000 == 22 or account in (21_801, 21_802):
        return "borrowed_in" if received else "borrowed_out"
    if received:
        if account // 1_000 == 33 or 31_004 <= account < 32_000:
            return "capital_in"
        return None
    if account in (21_301, 21_302, 54_101) or group == 510 or 513 <= group <= 519:
        return "interest_out"
    if account == 21_303 or 52_002 <= account <= 52_007:
        return "personnel_out"
    return "funds_out" if 21_501 <= account <= 21_505 else None


LINES = ("loans_in", "loans_out", "borrowed_in", "borrowed_out", "capital_in")
LINES = (*LINES, "interest_out", "personnel_out", "funds_out")


def moved(lines, back):
    """Return what each line received and paid."""
    for account, debit, credit in lines:
        yield (account, -debit, -credit) if back else (account, credit, debit)


def joint_by_hand(books, first, last):
    """Return cash flow, surplus and changes in equity as one, some of their rows."""
    surplus = dict.fromkeys(("other_income", "other_expense", "net_surplus"), 0)
    cash = {"opening": 0, "closing": 0, **dict.fromkeys(LINES, 0)}
    equity = dict.fromkeys(("opening", "additions", "reductions", "earned"), 0)
    told, on_account = [], {}
    for unit, book in enumerate(books):
        for day, source, back, lines in book:
            accounts = [line[0] for line in lines]
            for account, debit, credit in lines:
                kind = account // 10_000
                if is_cash(account):
                    cash["closing"] += (debit - credit) if day <= last else 0
                    cash["opening"] += (debit - credit) if day < first else 0
                own = kind in (3, 4, 5) and account not in CAPITAL
                if own and day < first:
                    equity["opening"] += credit - debit
                if kind in (4, 5) and first <= day <= last:
                    closing = source.startswith("yearend.close")
                    earned = 0 if closing else credit - debit
                    equity["earned"] += earned
                    surplus["net_surplus"] += earned
                    if 43 <= account // 1_000 <= 49 and account not in CHARGES:
                        surplus["other_income"] += earned
                    if account // 1_000 == 54 and account not in CHARGES:
                        surplus["other_expense"] -= earned
            if not first <= day <= last or source.startswith("yearend.close"):
                continue
            for account, received, paid in moved(lines, back):
                if account // 10_000 == 3 and account not in BETWEEN:
                    equity["additions"] += received
                    equity["reductions"] -= paid
                if is_cash(account) or account in BETWEEN:
                    continue
                if any(map(is_cash, accounts)):
                    told.append((account, received, paid))
                elif set(accounts) & set(BETWEEN):
                    each = on_account.setdefault(account, [[0, 0] for _ in books])
                    each[unit][0] += received
                    each[unit][1] += paid
    for account, units in on_account.items():
        received, paid = [one[0] for one in units], [one[1] for one in units]
        less = handed(received, paid)
        told.append((account, sum(received) - less, sum(paid) - less))
    for account, received, paid in told:
        for line, much in (
            (line_of_cash(account, True), received),
            (line_of_cash(account, False), -paid),
        ):
            if line is not None:
                cash[line] += much
    cash["net_change"] = sum(received - paid for _, received, paid in told)
    equity["closing"] = sum(equity.values())
    return {"cash": cash, "equity": equity, "surplus": surplus}
