"""Who logs in: entered, changed by two people, let go at once."""

from __future__ import annotations

import re
import uuid

from coopbook import people
from coopbook.people import Role, approvals
from tests.conftest import PASSWORD
from tests.webui.conftest import Desks, hidden_fields, plain

NEW = {"name": "joko", "full_name": "Joko Susilo"}


def secret(html: str) -> str:
    """Return the password a page shows, or nothing."""
    found = re.search(r'class="secret">([^<]+)<', html)
    return found[1] if found else ""


def enter(desks: Desks, *roles: str, agree: bool = True, **more: object) -> str:
    desks.log_in("budi")
    answer = desks.send("/people/new", **NEW, roles=list(roles), **more)
    assert answer.status_code == 200, plain(answer)
    if agree and set(roles) - {"member"}:
        with desks.coop.open("sari") as book:
            request = approvals.inbox(book)[0]
            approvals.approve(book, request.number, digest=request.digest)
    return secret(answer.text)


def keyed(**fields: object) -> dict[str, object]:
    """Return the fields of a form with a key of its own."""
    return {"key": uuid.uuid4().hex, **fields}


def door(desks: Desks, name: str, password: str) -> int:
    asked = {"cooperative": desks.coop.number, "name": name, "password": password}
    return desks.app.test_client().post("/login", data=asked).status_code


def roles(desks: Desks, name: str) -> set[Role]:
    with desks.coop.read() as book:
        return set(people.roles_of(book, name))


def test_a_person_is_entered_and_the_first_password_shown_once(desks: Desks) -> None:
    password = enter(desks, "teller", "credit")

    assert len(password) >= 10
    assert roles(desks, "joko") == {Role.TELLER, Role.CREDIT}
    assert "Joko Susilo" in desks.text("/people")
    assert password not in desks.text("/people") + desks.text("/person/joko")
    assert door(desks, "joko", password) == 302


def test_a_form_sent_twice_enters_one_person_and_shows_what_holds(
    desks: Desks,
) -> None:
    desks.log_in("budi")
    unseen = hidden_fields(desks.get("/people/new").text)
    asked = unseen | NEW | {"roles": ["teller"]}

    first = desks.client.post("/people/new", data=asked)
    second = desks.client.post("/people/new", data=asked)
    other = desks.client.post("/people/new", data=asked | {"full_name": "Lain"})

    assert secret(first.text) == secret(second.text) != ""
    assert door(desks, "joko", secret(second.text)) == 302
    assert other.status_code == 422


def test_the_first_password_is_changed_by_its_owner(desks: Desks) -> None:
    password, own = enter(desks, "teller"), "empat kata milik joko"
    manager = desks.client
    desks.client = desks.app.test_client()
    asked = {"cooperative": desks.coop.number, "name": "joko", "password": password}
    desks.client.post("/login", data=asked)

    answer = desks.send("/password", old=password, password=own, again=own)

    assert answer.status_code == 302
    assert (door(desks, "joko", password), door(desks, "joko", own)) == (422, 302)
    assert own not in manager.get("/person/joko").text


def test_every_office_needs_a_second_person(desks: Desks) -> None:
    enter(desks, "manager", "teller", agree=False)
    assert roles(desks, "joko") == set()
    own = desks.text("/approvals/1")
    assert "/approve" not in own

    desks.log_in("sari")
    inbox, shown = desks.text("/approvals"), desks.text("/approvals/1")
    assert "Joko Susilo" in inbox
    assert "person:joko" not in inbox + shown
    assert "Joko Susilo (joko)" in shown
    answer = desks.client.post("/approvals/1/approve", data=hidden_fields(shown))

    assert answer.status_code == 302
    assert roles(desks, "joko") == {Role.TELLER, Role.MANAGER}


def test_other_roles_are_asked_for_shown_in_words_and_decided(desks: Desks) -> None:
    desks.log_in("budi")
    asked = desks.client.post("/person/rina/roles", data=keyed(roles=["credit"]))
    assert asked.headers["Location"] == "/person/rina"
    assert roles(desks, "rina") == {Role.TELLER}
    assert "/approvals/1" in desks.text("/person/rina")
    again = desks.client.post("/person/rina/roles", data=keyed(roles=["auditor"]))
    assert again.status_code == 422

    desks.log_in("wati")
    desks.client.post("/language", data={"language": "en", "back": "/"})
    shown = desks.text("/approvals/1")
    words = " ".join(re.sub(r"<[^>]+>", " ", shown).split())
    assert "Roles now Teller" in words
    assert "Roles after it Credit officer" in words
    assert "Loses Teller" in words
    desks.client.post("/approvals/1/approve", data=hidden_fields(shown))

    assert roles(desks, "rina") == {Role.CREDIT}


def test_roles_that_are_held_already_are_not_asked_for(desks: Desks) -> None:
    desks.log_in("budi")
    answer = desks.client.post("/person/rina/roles", data=keyed(roles=["teller"]))
    assert answer.status_code == 422
    with desks.coop.read() as book:
        assert approvals.inbox(book) == []


def test_whoever_is_disabled_is_out_at_once(desks: Desks) -> None:
    desks.log_in("rina")
    teller = desks.client
    desks.log_in("budi")
    unseen = hidden_fields(desks.get("/person/rina").text)
    assert desks.client.post("/person/rina/disable", data=unseen).status_code == 302

    assert teller.get("/counter").status_code == 302
    assert door(desks, "rina", PASSWORD) == 422
    assert "/disable" not in desks.text("/person/rina")


def test_the_last_manager_is_not_disabled(desks: Desks) -> None:
    desks.log_in("budi")
    for name in ("wati", "budi"):
        desks.client.post(f"/person/{name}/disable", data=keyed())
    with desks.coop.read() as book:
        assert [people.user(book, n).active for n in ("wati", "budi")] == [False, True]


def test_a_new_password_is_shown_once_and_ends_the_sessions(desks: Desks) -> None:
    desks.log_in("rina")
    teller = desks.client
    desks.log_in("budi")
    unseen = hidden_fields(desks.get("/person/rina").text)

    page = desks.client.post("/person/rina/password", data=unseen)
    again = desks.client.post("/person/rina/password", data=unseen)
    assert teller.get("/counter").status_code == 200
    assert door(desks, "rina", PASSWORD) == 302
    desks.log_in("sari")
    shown = desks.text("/approvals/1")
    assert secret(page.text) not in shown
    desks.client.post("/approvals/1/approve", data=hidden_fields(shown))

    assert secret(page.text) == secret(again.text)
    assert teller.get("/counter").status_code == 302
    assert door(desks, "rina", PASSWORD) == 422
    assert door(desks, "rina", secret(page.text)) == 302


def test_a_members_log_in_names_its_member(desks: Desks) -> None:
    desks.log_in("budi")
    for number in ("", "999"):
        refused = desks.send(
            "/people/new", **NEW, roles=["member"], member_number=number
        )
        assert refused.status_code == 422
    password = enter(desks, "member", member_number=1)

    asked = {"cooperative": desks.coop.number, "name": "joko", "password": password}
    desks.client = desks.app.test_client()
    desks.client.post("/login", data=asked)
    assert "100.000" in desks.text("/mine/savings/2")


def test_what_cannot_be_a_log_in_is_refused_beside_its_field(desks: Desks) -> None:
    desks.log_in("budi")
    for wrong in ({"name": "Joko Susilo"}, {"name": "rina"}, {"roles": []}):
        data = {**NEW, "roles": ["teller"], **wrong}
        answer = desks.send("/people/new", **data)
        assert answer.status_code == 422, wrong
        assert 'aria-invalid="true"' in answer.text or "refused" in answer.text


def test_the_book_keeps_no_digest_a_password_can_be_guessed_from(
    desks: Desks,
) -> None:
    from sqlalchemy import text

    password = enter(desks, "teller")
    with desks.coop.read() as book:
        person = people.user(book, "joko")
        assert person.password_hash.startswith("$argon2id$")
        rows = book.session.execute(
            text("SELECT key, asked, receipt FROM once WHERE cooperative_id = :id"),
            {"id": desks.coop.number},
        ).all()
    assert rows
    assert all(password not in str(row) for row in rows)


def test_the_first_manager_enters_people_alone_until_somebody_can_decide(
    desks: Desks,
) -> None:
    from sqlalchemy.orm import Session

    from coopbook.founding import founding
    from tests.conftest import FIRST_DAY, NUMBERS, VAULT

    with (
        Session(desks.coop.engine) as session,
        founding(
            session,
            number=next(NUMBERS),
            name="Baru",
            first_day=FIRST_DAY,
            actor="budi",
            vault=VAULT,
        ) as book,
    ):
        password = PASSWORD
        people.add_user(book, "budi", "Budi", password, [Role.MANAGER], on=FIRST_DAY)
        given = {"on": FIRST_DAY, "days": 14}
        people.enter(book, "rina", "Rina", password, [Role.TELLER], **given)
        people.enter(book, "sari", "Sari", password, [Role.SUPERVISOR], **given)
        people.enter(book, "tuti", "Tuti", password, [Role.TELLER], **given)

        held = {name: people.roles_of(book, name) for name in ("rina", "sari", "tuti")}
    assert held == {"rina": {Role.TELLER}, "sari": {Role.SUPERVISOR}, "tuti": set()}


def test_nobody_decides_on_their_own_office(desks: Desks) -> None:
    desks.log_in("budi")
    desks.client.post("/person/sari/roles", data=keyed(roles=["manager"]))
    desks.log_in("sari")

    assert "/approve" not in desks.text("/approvals/1")
    assert roles(desks, "sari") == {Role.SUPERVISOR}
