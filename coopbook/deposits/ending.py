"""End a term deposit: paid at maturity, tied again, or broken early."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.deposits import rules
from coopbook.deposits.model import DepositInterest, DepositTerms, TermDeposit
from coopbook.deposits.paying import (
    ALL,
    accrue,
    earned,
    note,
    pay,
    savings_of,
    some,
    tax_on,
)
from coopbook.deposits.queries import earnings, interest_due, running, terms_on
from coopbook.deposits.reckoning import Broken, broken, check_until
from coopbook.deposits.rules import DepositState, Rollover
from coopbook.deposits.service import check_open, check_unheld, deposit_in, new_row
from coopbook.i18n import Word
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post, when_reversed
from coopbook.ledger.queries import not_reversed
from coopbook.ledger.rules import Draft, VoucherKind, credit, debit
from coopbook.members.rules import STATUS_NAMES
from coopbook.members.standing import LEFT, HasLeft, check_here
from coopbook.money import ZERO, Money
from coopbook.proxies import check_grown
from coopbook.savings.model import SavingsAccount

END, BREAK = "deposits.mature", "deposits.break"


@dataclass(frozen=True, slots=True)
class Done:
    """What a day's work on the deposits posted.

    ``waiting`` are mature deposits that secure something: a person has to decide.
    """

    accrued: bool
    paid: int
    matured: int
    waiting: tuple[int, ...]


def mature(book: Book, deposit: TermDeposit, *, on: date) -> Entry:
    """End a deposit that is mature, as its owner wished: pay it, or tie it again.

    What is tied again begins on the day of maturity, on the terms of that day, and
    earns without a gap; where no terms are set any more, or its owner has left, it is
    paid.  Raises ``NotMatureYet``, ``DepositEnded`` and ``DepositHeld``.
    """
    check_open(deposit)
    check_unheld(book, deposit)
    if on < deposit.matures_on:
        raise rules.NotMatureYet(deposit.number, deposit.matures_on)
    terms = terms_on(book, deposit.months, deposit.matures_on)
    stays = deposit.rollover is not Rollover.STOP and deposit.member.status not in LEFT
    account = savings_of(book, deposit)
    paid = pay(book, deposit, deposit.matures_on, on=on)
    if terms is not None and stays:
        whole = deposit.rollover is Rollover.WHOLE
        added = ZERO
        if whole:
            added = _net_of(paid, account) if paid else _net_before(book, deposit)
        entry = _tie_again(book, deposit, terms, account, added, on)
        deposit.state = DepositState.ROLLED
    else:
        entry = post(
            book,
            on=on,
            memo=f"Simpanan berjangka {deposit.number} jatuh tempo",
            lines=[
                debit(deposit.account_number, deposit.principal, card=deposit.number),
                credit(account.account_number, deposit.principal, card=account.number),
            ],
            source=END,
        )
        deposit.state = DepositState.MATURED
    deposit.ended_on = on
    book.session.flush()
    return entry


def _tie_again(
    book: Book,
    deposit: TermDeposit,
    terms: DepositTerms,
    account: SavingsAccount,
    added: Money,
    on: date,
) -> Entry:
    new = new_row(
        *(book, deposit.member, account, deposit.principal + added, terms),
        on=deposit.matures_on,
        rollover=deposit.rollover,
        pays=deposit.pays,
        heir=deposit.heir,
        follows=deposit.number,
    )
    lines = [debit(deposit.account_number, deposit.principal, card=deposit.number)]
    if added > ZERO:
        lines.append(debit(account.account_number, added, card=account.number))
    return post(
        book,
        on=on,
        memo=f"Simpanan berjangka {deposit.number} diperpanjang ke {new.number}",
        lines=[*lines, credit(new.account_number, new.principal, card=new.number)],
        source=END,
    )


def what_breaking_costs(book: Book, deposit: TermDeposit, on: date) -> Broken:
    """Say what breaking a deposit on a day would come to; nothing is posted.

    Raises ``BeforeOpening`` for a day before its interest was posted up to.
    """
    return _broken(book, deposit, on, deposit.kept_percent, deposit.penalty_percent)


def what_is_due(book: Book, deposit: TermDeposit, on: date) -> Broken:
    """Say what a deposit comes to when all of its interest to date is kept."""
    return _broken(book, deposit, on, 100, 0)


def _broken(
    book: Book, deposit: TermDeposit, on: date, kept: int, penalty: int
) -> Broken:
    before = earnings(book, deposit)
    check_until(deposit.number, before.until, on)
    return broken(
        deposit.principal,
        max(earned(deposit, min(on, deposit.matures_on)), before.accrued),
        before.paid,
        kept_percent=kept,
        penalty_percent=penalty,
    )


def break_early(
    book: Book, deposit: TermDeposit, *, on: date, in_cash: bool = False
) -> Entry:
    """Pay a deposit before it is mature, less what that costs, in one entry.

    Debit the deposit and what was accrued and not paid; credit the penalty to 43009,
    what was accrued too much back to 51002, the tax, and the rest to the savings
    account or in cash (domain guide 5.2).  Raises ``MatureAlready``,
    ``DepositEnded``, ``DepositHeld``, ``BeforeOpening``, ``TooMuchCash`` and, in cash
    for a child, ``GuardianNeeded``: the guardian takes it out of the savings.
    """
    check_open(deposit)
    check_here(deposit.member.name, deposit.member.status)
    check_unheld(book, deposit)
    if on >= deposit.matures_on:
        raise rules.MatureAlready(deposit.number, deposit.matures_on)
    if in_cash:
        check_grown(book, deposit.member, on=on, by=None)
    said = what_breaking_costs(book, deposit, on)
    tax = tax_on(book, deposit, said.interest, on)
    account = savings_of(book, deposit)
    limit = Money(setting(book, "payout_limit", on))
    if in_cash and said.payout - tax > limit:
        raise rules.TooMuchCash(limit, account.number)
    accrue(book, on, only=[deposit])
    out, card = (chart.TELLER_CASH, 0) if in_cash else account.card
    entry = post(
        book,
        on=on,
        memo=f"Simpanan berjangka {deposit.number} dicairkan sebelum jatuh tempo",
        lines=[*ending_lines(deposit, said, tax), *some(out, said.payout - tax, card)],
        kind=VoucherKind.BKK if in_cash else VoucherKind.BM,
        source=BREAK,
    )
    end_by(book, entry, deposit, said, tax, on=on)
    return entry


def ending_lines(deposit: TermDeposit, said: Broken, tax: Money) -> list[Draft]:
    """Return the lines that end a deposit, all but where the payout goes."""
    lines = [debit(deposit.account_number, deposit.principal, card=deposit.number)]
    if said.accrued > said.paid:
        owed = said.accrued - said.paid
        lines.append(debit(chart.ACCRUED_SAVINGS_INTEREST, owed))
    return [
        *lines,
        *some(chart.DEPOSIT_INTEREST, said.excess),
        *some(chart.OTHER_INCOME, said.penalty),
        *some(chart.SAVINGS_TAX, tax),
    ]


def end_by(
    book: Book,
    entry: Entry,
    deposit: TermDeposit,
    said: Broken,
    tax: Money,
    *,
    on: date,
) -> None:
    """Note that an entry ended a deposit: its accruals come to what was kept."""
    note(
        *(book, entry, deposit, max(on, earnings(book, deposit).until)),
        accrued=ZERO - said.excess,
        paid=said.interest,
        tax=tax,
    )
    deposit.state, deposit.ended_on = DepositState.BROKEN, on
    book.session.flush()


def runs_again(book: Book, deposit: TermDeposit) -> None:
    """Let a deposit run again whose end was taken back."""
    deposit.state, deposit.ended_on = DepositState.OPEN, None
    book.session.flush()


def work(book: Book, on: date) -> Done:
    """Do what a day brings: accrue, pay monthly interest, end what is mature.

    Doing it again on the same day posts nothing more.
    """
    matured, waiting = 0, list[int]()
    while ripe := [
        one
        for one in running(book, matures_by=on, limit=ALL)
        if one.number not in waiting
    ]:
        for one in ripe:
            if savings_of(book, one).closed_on is not None or _secures(book, one):
                waiting.append(one.number)
            else:
                mature(book, one, on=on)
                matured += 1
    rest = [one for one in running(book, limit=ALL) if one.matures_on > on]
    accrued = accrue(book, on, only=rest) is not None
    paid = 0
    for one in rest:
        day = interest_due(book, one, on)
        if day is not None and pay(book, one, day, on=on):
            paid += 1
    return Done(accrued, paid, matured, tuple(waiting))


def _secures(book: Book, deposit: TermDeposit) -> bool:
    try:
        check_unheld(book, deposit)
    except rules.DepositHeld:
        return True
    return False


def _net_before(book: Book, deposit: TermDeposit) -> Money:
    """Return the last interest of a deposit, paid before its end was taken back."""
    rows = book.session.execute(
        select(DepositInterest.paid, DepositInterest.tax)
        .where(DepositInterest.cooperative_id == book.cooperative_id)
        .where(DepositInterest.deposit_number == deposit.number)
        .where(DepositInterest.until == deposit.matures_on)
        .where(DepositInterest.paid > ZERO)
        .where(not_reversed(DepositInterest))
    )
    return sum((paid - tax for paid, tax in rows), ZERO)


def _net_of(entry: Entry, account: SavingsAccount) -> Money:
    return sum(
        (line.credit for line in entry.lines if line.card_number == account.number),
        ZERO,
    )


@before_reversal(END)
@before_reversal(BREAK)
def _following_untouched(book: Book, entry: Entry) -> None:
    """Refuse to take back the end of a deposit whose successor has earned already.

    Or secures a loan, or whose owner was settled: raises ``EarnedAlready``,
    ``DepositHeld`` and ``HasLeft``.
    """
    ended = deposit_in(book, entry)
    if savings_of(book, ended).closed_on is not None:
        raise HasLeft(ended.member.name, Word(STATUS_NAMES[ended.member.status]))
    for one in running(book, limit=ALL):
        if one.follows == ended.number:
            check_unheld(book, one)
            if earnings(book, one).accrued:
                raise rules.EarnedAlready(one.number)


@when_reversed(END)
@when_reversed(BREAK)
def _taken_back(book: Book, entry: Entry, reversal: Entry) -> None:
    ended = deposit_in(book, entry)
    for one in running(book, limit=ALL):
        if one.follows == ended.number:
            one.state, one.ended_on = DepositState.CANCELLED, reversal.booked_on
    runs_again(book, ended)
