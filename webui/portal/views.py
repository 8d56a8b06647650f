"""A member's own cards. The number comes from the log-in, never from the page."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coopbook import (
    deposits,
    goods,
    groups,
    ledger,
    loans,
    members,
    proxies,
    savings,
    security,
    surplus,
)
from coopbook.loans import LoanState
from coopbook.members import Member
from webui.desk import current_book, schedule_seen, today, total
from webui.portal import bp

SHOWN = (
    *(LoanState.DISBURSED, LoanState.APPROVED, LoanState.APPLIED),
    LoanState.WRITTEN_OFF,
)


def myself() -> Member:
    """Return the member who is logged in."""
    if current_user.member_number is None:
        abort(404)
    return members.member(current_book, current_user.member_number)


@bp.get("/mine")
def home() -> ResponseReturnValue:
    """Show everything a member has and owes, in one look."""
    me = myself()
    standings = savings.accounts_of(current_book, me, on=today())
    return render_template(
        "portal/home.html",
        me=me,
        savings=standings,
        saved=total(s.balance for s in standings),
        shares=savings.share_standing(current_book, me, today()),
        deposits=[
            one
            for one in deposits.deposits_of(current_book, me)
            if one.state is deposits.DepositState.OPEN
        ],
        shop=goods.on_account(current_book, member=me.number),
        surplus_waits=surplus.waiting_of(current_book, me),
        surplus_so_far=surplus.so_far(current_book, me, today()),
        told=proxies.uses(current_book, me, limit=3),
        group=groups.group_of(current_book, me),
        guarantees=[
            (one, loans.loan(current_book, one.loan_number).member.name)
            for one in security.guarantees_of(current_book, me)
        ],
        loans=[
            (loan, loans.standing(current_book, loan, today()))
            for loan in loans.loans_of(current_book, me)
            if loan.state in SHOWN
        ],
    )


@bp.get("/mine/savings/<int:number>")
def passbook(number: int) -> ResponseReturnValue:
    """Show the lines of one of the member's own savings."""
    account = savings.account(current_book, number)
    if account.member_number != myself().number:
        abort(404)
    page = savings.passbook(
        current_book,
        account,
        before=request.args.get("before"),
        after=request.args.get("after"),
    )
    return render_template(
        "portal/passbook.html",
        account=account,
        product=account.product,
        balance=ledger.card_balance(current_book, *account.card),
        page=page,
    )


@bp.get("/mine/loans/<int:number>")
def loan(number: int) -> ResponseReturnValue:
    """Show one of the member's own loans."""
    one = loans.loan(current_book, number)
    if one.member_number != myself().number:
        abort(404)
    return render_template(
        "portal/loan.html",
        loan=one,
        standing=loans.standing(current_book, one, today()),
        payments=loans.payments(current_book, one),
        schedule=schedule_seen(one),
        ends=loans.payoff(current_book, one, today()),
    )


@bp.get("/mine/calendar")
def calendar() -> ResponseReturnValue:
    """Show which months of the mandatory share are paid, missed, ahead."""
    said = savings.share_standing(current_book, myself(), today())
    return render_template("portal/calendar.html", said=said)


@bp.get("/mine/deposits/<int:number>")
def deposit(number: int) -> ResponseReturnValue:
    """Show one of the member's own term deposits."""
    row = deposits.deposit(current_book, number)
    if row.member_number != myself().number:
        abort(404)
    said = deposits.standing(current_book, row, today())
    return render_template("portal/deposit.html", deposit=row, said=said)


@bp.get("/mine/data")
def about() -> ResponseReturnValue:
    """Show what the register says about the member, who acts for them, and what did."""
    me = myself()
    found = proxies.proxies_of(current_book, me)
    return render_template(
        "portal/about.html",
        me=me,
        history=members.history(current_book, me),
        heirs=members.beneficiaries(current_book, me),
        proxies=[
            (one, proxies.holds(one, today()), proxies.cards_of(current_book, one))
            for one in found
        ],
        uses=proxies.uses(current_book, me),
    )
