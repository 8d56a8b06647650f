"""The desk: who sits there, which book lies open, what day it is."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import abort, current_app, g, request, url_for
from flask_login import UserMixin, current_user
from werkzeug.local import LocalProxy

from coopbook import baddebts, cooperatives, ledger, loans, people
from coopbook.book import Book
from coopbook.book.canon import canonical
from coopbook.ledger import Draft, rules
from coopbook.loans import Loan, LoanState, Schedule
from coopbook.money import ZERO, Money
from coopbook.people import Role
from webui.deskstore import DeskStore
from webui.extensions import db
from webui.forms import MoneyForm, OnceForm
from webui.wording import label


class Person(UserMixin):
    """Somebody who is logged in."""

    def __init__(self, book: Book, user: people.User) -> None:
        self.cooperative_id = book.cooperative_id
        self.name = user.name
        self.full_name = user.full_name
        self.member_number = user.member_number
        self.language = user.language
        self.roles = sorted(people.roles_of(book, user.name))

    def get_id(self) -> str:
        """Return the name by which Flask-Login tells people apart."""
        return f"{self.cooperative_id}:{self.name}"

    def has(self, *roles: Role) -> bool:
        """Say whether the person holds any of these roles."""
        return any(role in self.roles for role in roles)


def desk_store() -> DeskStore:
    """Return what the desks keep beside the book."""
    return cast(DeskStore, current_app.extensions["desk_store"])


def open_for(cooperative_id: int, actor: str) -> Book:
    """Open the book of a cooperative on this request's session."""
    return Book(db.session(), cooperative_id, actor, vault=current_app.config["VAULT"])


def _book() -> Book:
    if "book" not in g:
        if not current_user.is_authenticated:
            abort(401)
        g.book = open_for(current_user.cooperative_id, current_user.name)
    return cast(Book, g.book)


current_book = cast(Book, LocalProxy(_book))


def person() -> Person | None:
    """Return who is logged in, if anybody is."""
    known = current_user
    return cast(Person, known) if known and known.is_authenticated else None


def cooperative() -> cooperatives.Cooperative:
    """Return the cooperative whose book is open."""
    if "cooperative" not in g:
        g.cooperative = cooperatives.cooperative(_book())
    return cast(cooperatives.Cooperative, g.cooperative)


def today() -> date:
    """Return the business date: the day in the cooperative's own time."""
    fixed = current_app.config["TODAY"]
    if fixed is not None:
        return cast(date, fixed)
    return datetime.now(ZoneInfo(cooperative().timezone)).date()


# -- what will be posted -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of an entry as it is shown to people."""

    account: str
    card: int
    debit: Money
    credit: Money
    number: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What will be posted: a sentence, the amount, and the journal."""

    sentence: str
    amount: Money | None = None
    notes: list[str] = field(default_factory=list)
    lines: list[JournalLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Done:
    """What a service gave back."""

    result: Any


class _Rehearsed(Exception):
    """Ends a rehearsal: nothing of it stays."""


MANY = 60
"""More lines than these are shown account by account."""


def journal_of(result: Any) -> list[JournalLine]:
    """Return the lines of an entry, of several, or of a request for one, by account."""
    if isinstance(result, people.Approval):
        asked = people.approvals.request_of(result).get("lines", [])
        lines = [Draft(number, Money(a), Money(b)) for number, a, b in asked]
        return [_named(one, one.account, one.card) for one in lines]
    posted = [
        ledger.entry(_book(), number) for number in getattr(result, "entries", ())
    ]
    lines = [
        _named(line, line.account_number, line.card_number)
        for one in posted or [result]
        for line in getattr(one, "lines", [])
    ]
    return lines if len(lines) <= MANY else by_account(lines)


def by_account(lines: list[JournalLine]) -> list[JournalLine]:
    """Return the journal of a round as one line an account."""
    sums: dict[str, tuple[Money, Money]] = {}
    for line in lines:
        left, right = sums.get(line.account, (ZERO, ZERO))
        sums[line.account] = (left + line.debit, right + line.credit)
    return [JournalLine(name, 0, left, right) for name, (left, right) in sums.items()]


def _named(line: Any, number: int, card: int) -> JournalLine:
    account = ledger.account(_book(), number)
    name = f"{account.code} {label(account)}"
    return JournalLine(name, card, line.debit, line.credit, number)


def rehearse(
    service: Callable[..., Any],
    *args: Any,
    look: Callable[[Any], str] | None = None,
    **kwargs: Any,
) -> tuple[list[JournalLine], str]:
    """Do what a service would do, look at it, and undo it.

    The preview is therefore made by the same rules as the entry.  Returns the
    journal, empty when the service posts nothing, and what ``look`` said of the
    result.
    """
    book, lines, said = _book(), list[JournalLine](), ""
    try:
        with book.transaction():
            result = service(book, *args, **kwargs)
            lines, said = journal_of(result), look(result) if look else ""
            raise _Rehearsed
    except _Rehearsed:
        return lines, said


def key_of(form: OnceForm) -> str:
    """Return the key under which the person's form is done once."""
    assert form.key is not None
    key = form.key.data or ""
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,64}", key):
        abort(400)
    return f"{current_user.get_id()}:{key}"


def once(
    form: OnceForm,
    service: Callable[..., Any],
    *args: Any,
    hidden: dict[str, Any] | None = None,
    **kwargs: Any,
) -> Any:
    """Do what a form asks for, once; the same form again gets the same receipt.

    The book keeps a digest of what was asked.  ``hidden`` holds what nobody may
    guess from a digest, identity numbers and passwords: of these only four
    letters of a keyed one go into it.
    """
    if hidden is None:
        return _book().once(key_of(form), service, *args, **kwargs)

    @wraps(service)
    def act(book: Book, _seal: str, *args: Any, **kwargs: Any) -> Any:
        return service(book, *args, **hidden, **kwargs)

    seal = keyed(canonical(hidden)).hex()[:4]
    return _book().once(key_of(form), act, seal, *args, **kwargs)


def keyed(text: str) -> bytes:
    """Return a digest of a text that only these desks can make."""
    secret = current_app.secret_key
    key = secret.encode() if isinstance(secret, str) else bytes(secret or b"")
    return hmac.digest(key, text.encode(), "sha256")


def check_day(on: date) -> None:
    """Refuse a day the desks do not book on; raises ``TooFarBack``."""
    now = today()
    days = cooperatives.setting(_book(), "backdating_days", now)
    rules.check_day(on, today=now, days=days)


def put(
    form: MoneyForm,
    service: Callable[..., Any],
    *args: Any,
    sentence: str | Callable[[Any], str],
    amount_shown: Money | None = None,
    hidden: dict[str, Any] | None = None,
    **kwargs: Any,
) -> Done | Preview | None:
    """Show what a form would post, or post it once when it was shown before.

    ``sentence`` says it in words, or is asked to, of the rehearsed result;
    ``hidden`` is kept out of what can be guessed, as ``once`` does.
    Returns nothing when the book refuses; the refusal is then on the form.
    """
    with form.showing_refusals():
        if form.dated and "on" in form:
            check_day(form["on"].data)
        if form.confirmed():
            return Done(once(form, service, *args, hidden=hidden, **kwargs))
        look = None if isinstance(sentence, str) else sentence
        asked = {**kwargs, **(hidden or {})}
        lines, said = rehearse(service, *args, look=look, **asked)
        form.mark_seen()
        if isinstance(sentence, str):
            said = sentence
        return Preview(said, amount_shown, [], lines)
    return None


# -- what every page may ask -------------------------------------------------


def turned(**changes: str) -> str:
    """Return this page's address, turned to another page of the same list."""
    kept = request.args.to_dict()
    for key in ("before", "after"):
        kept.pop(key, None)
    assert request.endpoint is not None
    return url_for(request.endpoint, **{**(request.view_args or {}), **kept, **changes})


def day_open() -> bool:
    """Say whether the business date may still be posted on."""
    if "day_open" not in g:
        day = today().isoformat()
        g.day_open = not any(
            ledger.is_closed(_book(), name) for name in (day[:4], day[:7], day)
        )
    return cast(bool, g.day_open)


def still_claimed(loan: Loan) -> Money:
    """Return what a written-off loan still owes; nothing of any other."""
    found = baddebts.claim_of(_book(), loan)
    return found.left.total if found is not None else ZERO


def seen_on(loan: Loan) -> date:
    """Return the day a loan is shown of: today, or the last in the books."""
    found = baddebts.claim_of(_book(), loan)
    if found is None:
        return today()
    return min(today(), found.write_off.written_off_on - timedelta(days=1))


def schedule_seen(loan: Loan) -> Schedule:
    """Return a loan's schedule; that of a written-off loan as it was in the books."""
    if loan.state is LoanState.WRITTEN_OFF:
        return loans.replay_of(_book(), loan, seen_on(loan)).plan
    return loans.schedule_of(_book(), loan, today())


def total(amounts: Any) -> Money:
    """Add amounts up."""
    return sum(amounts, ZERO)
