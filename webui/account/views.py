"""Log in and out. The session lies on the server; the browser holds a token."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Request, Response

from coopbook import cooperatives, people
from coopbook.book import Book
from coopbook.people import Role
from webui.account import bp
from webui.account.forms import LoginForm, PasswordForm
from webui.desk import Person, current_book, desk_store, open_for
from webui.deskstore import PER_ACCOUNT, PER_ADDRESS
from webui.extensions import db, login_manager
from webui.wording import moment


def cookie_name() -> str:
    """Return the name of the token's cookie; https pins it to this host."""
    return "__Host-cb" if current_app.config["HTTPS"] else "cb"


def known(book: Book, name: str) -> people.User | None:
    """Return the person of a name, or nobody."""
    return book.get(people.User, name)


@login_manager.request_loader
def who(request: Request) -> Person | None:
    """Return the person behind the token of a request."""
    token = request.cookies.get(cookie_name())
    sitting = desk_store().sitting(token) if token else None
    if sitting is None:
        return None
    book = open_for(sitting.cooperative_id, sitting.user_name)
    user = known(book, sitting.user_name)
    if user is None or not user.active:
        return None
    g.book = book
    return Person(book, user)


@bp.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """Let somebody in."""
    if current_user.is_authenticated:
        return redirect(url_for("board.home"))
    every = cooperatives.cooperatives(db.session())
    form = LoginForm(back=request.args.get("back", ""))
    form.cooperative.choices = [(one.id, one.name) for one in every]
    if len(every) < 2 or form.cooperative.data is None:
        form.cooperative.data = every[0].id if every else 0
    chosen = form.cooperative.data
    g.cooperative = next((one for one in every if one.id == chosen), None)
    if form.validate_on_submit():
        person = _recognise(form)
        if person is not None:
            return _let_in(person, form.back.data or "")
    page = render_template("account/login.html", form=form, many=len(every) > 1)
    return page, 422 if form.errors or form.refusals else 200


def _recognise(form: LoginForm) -> Person | None:
    """Return who the name and password belong to; count what is wrong.

    An unknown name takes as long and is answered as a wrong password.
    """
    store, number = desk_store(), int(form.cooperative.data or 0)
    name = (form.name.data or "").lower()
    account = f"account:{number}:{name}"
    address = f"address:{request.remote_addr}"
    until = store.locked_until(account, address)
    if until:
        at = datetime.fromtimestamp(until, UTC)
        zone = g.cooperative.timezone if g.cooperative else "Asia/Jakarta"
        form.refusals.append(
            _("Too many tries. Try again at %(time)s.", time=moment(at, zone, "HH.mm"))
        )
        return None
    book = open_for(number, name) if g.cooperative else None
    user = known(book, name) if book else None
    right = people.check_password(user, form.password.data or "")
    if right and user is not None and user.active and book is not None:
        store.forgive(account)
        return Person(book, user)
    store.count_wrong(account, allowed=PER_ACCOUNT)
    store.count_wrong(address, allowed=PER_ADDRESS)
    form.refusals.append(_("The name or the password is not right."))
    return None


def _inside(back: str) -> str:
    """Return an address of our own, or home for anything else."""
    own = re.fullmatch(r"/(?![/\\])[!-~]*", back) and "\\" not in back
    return back if own else url_for("board.home")


def _let_in(person: Person, back: str) -> ResponseReturnValue:
    own = set(person.roles) == {Role.MEMBER}
    idle = current_app.config["IDLE_MEMBER" if own else "IDLE_STAFF"]
    language = cookie.get("language")
    cookie.clear()
    if language:
        cookie["language"] = language
    token = desk_store().sit_down(person.cooperative_id, person.name, idle=idle)
    response: Response = redirect(_inside(back))
    response.set_cookie(
        cookie_name(),
        token,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["HTTPS"],
        path="/",
    )
    return response


@bp.post("/logout")
def logout() -> ResponseReturnValue:
    """Let somebody out; the token is worth nothing afterwards."""
    token = request.cookies.get(cookie_name())
    if token:
        desk_store().stand_up(token)
    cookie.clear()
    response = redirect(url_for(".login"))
    response.delete_cookie(cookie_name(), path="/")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change one's own password; every other session of it ends."""
    form = PasswordForm()
    if form.validate_on_submit():
        user = people.user(current_book, current_user.name)
        if not people.check_password(user, form.old.data or ""):
            form.old.errors = [_("This is not the password you have now.")]
        else:
            with form.showing_refusals():
                with current_book.transaction():
                    user = people.user(current_book, current_user.name)
                    people.set_password(current_book, user, form.password.data)
                person = Person(current_book, user)
                desk_store().send_away(person.cooperative_id, person.name)
                flash(_("Your password is changed."))
                return _let_in(person, url_for("board.home"))
    return render_template("account/password.html", form=form)


@bp.post("/language")
def language() -> ResponseReturnValue:
    """Speak Indonesian or English from now on."""
    chosen = request.form.get("language")
    if chosen in {"id", "en"}:
        cookie["language"] = chosen
    back = request.form.get("back", "")
    return redirect(_inside(back))
