"""Enter people, change what they may do, let them go."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import cooperatives, members, people
from coopbook.errors import Missing
from coopbook.people import Role, User
from webui.desk import cooperative, current_book, desk_store, key_of, keyed, once, today
from webui.forms import OnceForm
from webui.people import bp
from webui.people.forms import CHOOSE, PersonForm, RolesForm
from webui.wording import tell, word


def first_password(form: OnceForm) -> str:
    """Return the password a form gives; the same form gives the same one.

    It is made from the form's key and the secret of the desks, so that it lies
    nowhere, and somebody whose form was sent twice still reads the one that holds.
    """
    return people.readable_password(keyed(f"first password {key_of(form)}"))


def _waits() -> int:
    return cooperatives.setting(current_book, "approval_days", today())


@bp.get("/people")
def everybody() -> ResponseReturnValue:
    """List who logs in, and what they may do."""
    rows = [
        (one, sorted(people.roles_of(current_book, one.name)))
        for one in people.users(current_book)
    ]
    return render_template("people/everybody.html", rows=rows)


@bp.route("/people/new", methods=["GET", "POST"])
def entry() -> ResponseReturnValue:
    """Enter a person who logs in; the first password is shown once."""
    form = PersonForm()
    form.roles.choices = _choices()
    if form.validate_on_submit() and _sensible(form):
        with form.showing_refusals():
            password = first_password(form)
            person = once(
                form,
                people.enter,
                form.name.data or "",
                form.full_name.data or "",
                roles=form.wanted(),
                on=today(),
                days=_waits(),
                member_number=form.member_number.data,
                language=cooperative().language,
                hidden={"password": password},
            )
            return _password_page(person, password)
    page = render_template("people/entry.html", form=form)
    return page, 422 if form.errors or form.refusals else 200


def _choices() -> list[tuple[str, str]]:
    return [(role.value, word(role)) for role in Role]


def _sensible(form: PersonForm) -> bool:
    """Say whether a role was chosen and the member exists."""
    if not form.roles.data:
        form.roles.errors = [CHOOSE]
        return False
    number = form.member_number.data
    if number is not None:
        try:
            members.member(current_book, number)
        except Missing as nobody:
            form.member_number.errors = [tell(nobody)]
            return False
    return True


def _password_page(person: User, password: str) -> ResponseReturnValue:
    """Show a new password; nothing when the person has another one by now."""
    holds = people.check_password(person, password)
    return render_template(
        "people/password.html",
        one=person,
        password=password if holds else None,
        waits=people.waiting_change(current_book, person.name),
    )


@bp.get("/person/<name>")
def person(name: str) -> ResponseReturnValue:
    """Show a person: roles, log-in, and what can be done about them."""
    return _shown(people.user(current_book, name))


def _shown(one: User, form: RolesForm | None = None) -> ResponseReturnValue:
    held = sorted(people.roles_of(current_book, one.name))
    if form is None:
        form = RolesForm(formdata=None, roles=[role.value for role in held])
        form.roles.choices = _choices()
    page = render_template(
        "people/person.html",
        one=one,
        held=held,
        form=form,
        plain=OnceForm(formdata=None),
        waits=people.waiting_change(current_book, one.name),
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.post("/person/<name>/roles")
def roles(name: str) -> ResponseReturnValue:
    """Ask a second person to change what somebody may do."""
    one, form = people.user(current_book, name), RolesForm()
    form.roles.choices = _choices()
    if form.validate_on_submit():
        with form.showing_refusals():
            asked = once(
                *(form, people.ask_roles, one.name),
                roles=form.wanted(),
                on=today(),
                days=_waits(),
            )
            flash(
                _(
                    "The request waits for a second person: number %(number)s.",
                    number=asked.number,
                )
            )
            return redirect(url_for(".person", name=one.name))
    return _shown(one, form)


@bp.post("/person/<name>/disable")
def disabling(name: str) -> ResponseReturnValue:
    """Let somebody log in no more, from this moment."""
    one, form = people.user(current_book, name), OnceForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            one = once(form, people.shut_out, one.name)
            desk_store().send_away(current_book.cooperative_id, one.name)
            flash(_("%(name)s can log in no more.", name=one.full_name))
    for sentence in form.refusals:
        flash(sentence, "late")
    return redirect(url_for(".person", name=one.name))


@bp.post("/person/<name>/password")
def password(name: str) -> ResponseReturnValue:
    """Give somebody another password, shown once; their sessions end."""
    one, form = people.user(current_book, name), OnceForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            given = first_password(form)
            result = once(
                *(form, people.give_password, one.name),
                days=_waits(),
                hidden={"password": given},
            )
            if isinstance(result, people.Approval):
                return render_template(
                    "people/password.html", one=one, password=given, waits=result
                )
            desk_store().send_away(current_book.cooperative_id, one.name)
            return _password_page(one, given)
    for sentence in form.refusals:
        flash(sentence, "late")
    return redirect(url_for(".person", name=one.name))
