"""Who may open which page: code, table and paper agree, in every cooperative."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from coopbook import ledger, loans, members, savings
from coopbook.money import Money
from coopbook.people import Role, add_user
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY, Coop
from tests.webui.conftest import Desks
from webui import policy
from webui.policy import POLICY, Access, NoPolicy

PAPER = Path(__file__).parents[2] / "docs" / "policy.md"
ARGUMENTS = {
    "number": 1,
    "code": "voluntary",
    "motion": 1,
    "member": 1,
    "other": 2,
    "item": 1,
    "scan": 1,
    "proxy": 1,
    "name": "2026-01",
    "key": "nothing",
    "filename": "style.css",
    "what": "hamlet",
    "chart": "ageing",
    "width": 80,
    "height": 120,
    "year": 2026,
    "test": "round",
    "which": "fell",
}
SECRET = "Tetangga Rahasia"


def pages(app: Flask) -> list[tuple[Rule, str, str]]:
    """Return every page with a method and an address that fits it."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        arguments = {name: ARGUMENTS[name] for name in rule.arguments}
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        found.append((rule, method, adapter.build(rule.endpoint, arguments, method)))
    return found


def only(coop: Coop, role: Role) -> str:
    """Enter somebody who holds one role and no other."""
    name = f"only-{role.value}"
    number = 1 if role is Role.MEMBER else None
    with coop.open("budi") as book:
        add_user(
            *(book, name, name, PASSWORD_HASH, [role]),
            on=FIRST_DAY,
            member_number=number,
            hashed=True,
        )
    return name


@pytest.mark.parametrize("role", list(Role))
def test_a_page_opens_for_its_roles_and_for_nobody_else(
    desks: Desks, role: Role
) -> None:
    desks.log_in(only(desks.coop, role))
    for rule, method, address in pages(desks.app):
        if rule.endpoint in ("account.logout", "static"):
            continue
        status = desks.client.open(address, method=method).status_code
        if policy.may(rule.endpoint, [role]):
            assert status in (200, 204, 302, 404, 409, 422), (address, status)
        else:
            assert status == 403, (address, status)


def test_nobody_gets_past_the_door_without_logging_in(desks: Desks) -> None:
    for rule, method, address in pages(desks.app):
        if POLICY[rule.endpoint] is Access.PUBLIC:
            continue
        answer = desks.client.open(address, method=method)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/login"), address


def test_an_auditor_changes_nothing(desks: Desks) -> None:
    allowed = {
        rule.endpoint
        for rule, _method, _address in pages(desks.app)
        if "POST" in (rule.methods or ()) and policy.may(rule.endpoint, [Role.AUDITOR])
    }
    assert allowed == {
        "account.language",
        "account.login",
        "account.logout",
        "account.password",
        "audit.exported",
        "audit.verification",
        "credit.simulation",
        "membership.found",
        "membership.search",
    }


def test_a_page_without_a_line_in_the_table_does_not_start(desks: Desks) -> None:
    app = Flask("lonely")
    app.add_url_rule("/secret", "secret", lambda: "secret")
    with pytest.raises(NoPolicy):
        policy.check(app)


def test_the_table_on_paper_is_the_table_in_force(desks: Desks) -> None:
    assert PAPER.read_text(encoding="utf-8") == policy.as_markdown(desks.app)


@pytest.fixture
def neighbour(desks: Desks, twin: Coop) -> Coop:
    """The twin, with things of its own that nobody else may see."""
    with twin.open() as book:
        for number in range(3, 9):
            members.admit(book, f"{SECRET} {number}", on=FIRST_DAY)
        siti = members.member(book, 1)
        loans.apply(
            book,
            siti,
            loans.product(book, "productive"),
            Money(5_000_000),
            term=10,
            purpose=SECRET,
            on=TODAY,
        )
        account = savings.account(book, 2)
        for _ in range(9):
            savings.deposit(book, account, Money(7_777_777), on=TODAY, payer=SECRET)
    return twin


@pytest.mark.parametrize("role", list(Role))
def test_no_page_shows_anything_of_the_neighbour(
    desks: Desks, neighbour: Coop, role: Role
) -> None:
    with neighbour.read() as book:
        theirs = ledger.entries(book, limit=3).rows
        last = theirs[0].number
    desks.log_in(only(desks.coop, role))
    adapter = desks.app.url_map.bind("localhost")
    for rule, method, _address in pages(desks.app):
        if "number" not in rule.arguments or not policy.may(rule.endpoint, [role]):
            continue
        for number in (1, 2, 5, 8, last):
            arguments = {n: ARGUMENTS[n] for n in rule.arguments} | {"number": number}
            address = adapter.build(rule.endpoint, arguments, method)
            answer = desks.client.open(address, method=method)
            assert SECRET not in answer.text, address
            assert "7.777.777" not in answer.text, address
            if number == last:
                assert answer.status_code == 404, address


def test_a_member_sees_own_cards_only(desks: Desks) -> None:
    with desks.coop.open() as book:
        other = members.member(book, 2)
        share = savings.open_account(book, other, savings.product(book, "principal"))
        number = share.number
    desks.log_in(only(desks.coop, Role.MEMBER))

    assert desks.get("/mine/savings/1").status_code == 200
    assert desks.get(f"/mine/savings/{number}").status_code == 404
    assert desks.get(f"/savings/{number}").status_code == 403
