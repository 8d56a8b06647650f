"""Every form that changes the book, sent eight times at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient

from coopbook import ledger, loans, people
from tests.conftest import TODAY, as_
from tests.webui.conftest import Desks, hidden_fields
from tests.webui.test_days import CASH, FORMS, furnished
from tests.webui.test_savings_desk import earning, tying
from webui.wording import day

TIMES = 8
ON = day(TODAY)


@dataclass
class Sent:
    """A form as it is sent: who sends it, where it lies, where it goes."""

    name: str
    path: str
    asked: dict[str, Any] = field(default_factory=dict)
    checked: bool = False
    shown_at: str = ""
    shows: bool = False


def money(kind: str) -> Sent:
    name, path, asked = FORMS[kind]
    return Sent(name, path, {**asked, "on": ON}, checked=True)


EVERY = {kind: money(kind) for kind in FORMS} | {
    "last installment": Sent(
        *("rina", "/counter/1/installment"),
        {"loan": 1, "amount": "{owed}", "on": ON},
        checked=True,
    ),
    "voucher above the limit": Sent(
        *("tono", "/vouchers/new/expense"),
        {**FORMS["voucher"][2], "amount": "5000000", "on": ON},
        checked=True,
    ),
    "opening": Sent(
        *("rina", "/members/2/savings/new"),
        {"product": "principal", "on": ON},
        checked=True,
    ),
    "admission": Sent(
        *("budi", "/members/new"),
        {"name": "Wati Purnama", "national_id": "3201014101900002", "on": ON},
    ),
    "correction": Sent(
        "budi", "/members/1/correction", {"name": "Siti A", "phone": "081234567890"}
    ),
    "account": Sent(
        *("yanti", "/books/accounts/new"),
        {"code": "52099", "name_id": "Arisan", "account_type": "expense"},
    ),
    "recode": Sent("yanti", "/books/accounts/52008", {"code": "52098"}),
    "archive": Sent(
        "yanti", "/books/accounts/52009/archive", shown_at="/books/accounts/52009"
    ),
    "close": Sent("yanti", "/books/months/2026-01/close", shown_at="/books/months"),
    "reopen": Sent("yanti", "/books/months/2026-01/reopening", {"reason": "Salah"}),
    "approve": Sent(
        "wati", "/approvals/{waits}/approve", shown_at="/approvals/{waits}"
    ),
    "refuse": Sent(
        *("wati", "/approvals/{waits}/refuse"),
        {"reason": "Belum"},
        shown_at="/approvals/{waits}",
    ),
    "interest": Sent(
        *("yanti", "/savings/kinds/voluntary/interest"),
        {"month": "2026-01"},
        checked=True,
    ),
    "tie": Sent(
        *("rina", "/members/1/deposits/new"),
        {
            "amount": "1.000.000",
            "months": "3",
            "source": "savings",
            "account": "2",
            "rollover": "stop",
            "pays": "monthly",
            "on": ON,
        },
        checked=True,
    ),
    "break": Sent("rina", "/deposits/1/breaking", {"on": ON}, checked=True),
    "hold": Sent(
        *("budi", "/savings/2/hold"),
        {"amount": "1.000", "why": "court", "reason": "putusan", "on": ON},
        checked=True,
    ),
    "block": Sent("rina", "/savings/2/block", {"reason": "buku hilang"}),
    "goal": Sent("rina", "/savings/2/goal", {"title": "Atap", "amount": "90.000"}),
    "offer": Sent("budi", "/savings/kinds/new", {"kind": "festive"}),
    "pledge": Sent("budi", "/deposits/1/pledging", {"reason": "pinjaman 7"}),
    "visit": Sent(
        *("dewi", "/collecting/loans/1/step"),
        {"kind": "visit", "on": ON, "met": "Suaminya", "note": "Panen"},
    ),
    "reminder": Sent("dewi", "/collecting/loans/1/reminder"),
    "person": Sent(
        *("budi", "/people/new"),
        {"name": "joko", "full_name": "Joko", "roles": ["teller"]},
        shows=True,
    ),
    "roles": Sent(
        *("budi", "/person/rina/roles"), {"roles": ["credit"]}, shown_at="/person/rina"
    ),
    "disable": Sent("budi", "/person/rina/disable", shown_at="/person/rina"),
    "password": Sent(
        "budi", "/person/rina/password", shown_at="/person/rina", shows=True
    ),
}


SAVING = ("interest", "tie", "break", "pledge")
"""Forms that need savings on terms, and a deposit that runs."""
POSTS = dict.fromkeys([*FORMS, "last installment", "interest", "tie"], 1) | {
    "application": 0,
    "break": 2,
}
"""How many entries a form leaves; breaking accrues first."""


def records(desks: Desks) -> tuple[int, int]:
    """Return how many entries the book has, and the number of its last record."""
    from sqlalchemy import text

    with desks.coop.read() as book:
        mine = {"id": desks.coop.number}
        entries = "SELECT count(*) FROM entry WHERE cooperative_id = :id"
        head = "SELECT number FROM head WHERE cooperative_id = :id"
        return tuple(
            book.session.execute(text(sql), mine).scalar_one()
            for sql in (entries, head)
        )


def at_once(desks: Desks, send: Callable[[FlaskClient], Any]) -> list[Any]:
    """Let as many browsers of one person as there are times send at one moment."""
    token = desks.client.get_cookie("cb")
    assert token is not None
    gate = threading.Barrier(TIMES)

    def one() -> Any:
        client = desks.app.test_client()
        client.set_cookie("cb", token.value)
        gate.wait(30)
        return send(client)

    with ThreadPoolExecutor(TIMES) as pool:
        return [each.result(60) for each in [pool.submit(one) for _ in range(TIMES)]]


@pytest.mark.parametrize("kind", EVERY)
def test_a_form_sent_eight_times_at_once_is_done_once(desks: Desks, kind: str) -> None:
    form, last = EVERY[kind], furnished(desks.coop)
    if kind in SAVING:
        earning(desks.coop)
        tying(desks.coop)
    with desks.coop.open("budi") as book, as_(book, "budi"):
        waits = people.ask_roles(
            *(book, "tuti", [people.Role.CREDIT]), on=TODAY, days=9
        ).number
        if kind == "reopen":
            ledger.close_month(book, "2026-01")
        standing = loans.standing(book, loans.loan(book, 1), TODAY)
        owed = sum(one.left.units for one in standing.strip)
    facts = {"last": last, "waits": waits, "owed": owed}
    asked = {
        name: value.format(**facts) if isinstance(value, str) else value
        for name, value in form.asked.items()
    }
    desks.log_in(form.name)
    path = form.path.format(**facts)
    page = desks.get((form.shown_at or form.path).format(**facts))
    data = hidden_fields_of(page.text, path) | asked
    if form.checked:
        shown = desks.client.post(path, data=data)
        assert shown.status_code == 200, shown.text
        data = hidden_fields(shown.text) | asked
    entries, head = records(desks)

    answers = at_once(desks, lambda client: client.post(path, data=data))

    expected = 200 if form.shows else 302
    assert [one.status_code for one in answers] == [expected] * TIMES
    if form.shows:
        secrets = {one.text.split('class="secret">')[1][:19] for one in answers}
        assert len(secrets) == 1
    assert len({one.headers.get("Location") for one in answers}) == 1
    posted, recorded = records(desks)
    assert posted - entries == POSTS.get(kind, 0)
    assert recorded > head
    again = desks.client.post(path, data=data)
    assert again.headers.get("Location") == answers[0].headers.get("Location")
    assert records(desks) == (posted, recorded)


def hidden_fields_of(html: str, action: str) -> dict[str, str]:
    """Return what one form of a page carries unseen, or all of them."""
    parts = html.split(f'action="{action}"')
    if len(parts) < 2:
        return hidden_fields(html)
    return hidden_fields("<main" + parts[1].split("</form>")[0] + "</main>")


def test_a_form_whose_content_changed_is_not_taken_for_the_first(desks: Desks) -> None:
    desks.log_in("budi")
    unseen = hidden_fields(desks.get("/members/new").text)
    one = {"name": "Wati", "national_id": "3201014101900002", "on": ON}
    assert desks.client.post("/members/new", data=unseen | one).status_code == 302

    other = one | {"national_id": "3201014101900003"}
    assert desks.client.post("/members/new", data=unseen | other).status_code == 422


def test_a_paper_checked_eight_times_at_once_is_kept_once(desks: Desks) -> None:
    import io

    png = b"\x89PNG\r\n\x1a\n" + b"0" * 40
    desks.log_in("tono")
    path, asked = "/vouchers/new/expense", FORMS["voucher"][2] | {"on": ON, **CASH}
    furnished(desks.coop)
    data = hidden_fields(desks.get(path).text) | asked

    answers = at_once(
        desks,
        lambda client: client.post(
            path, data=data | {"paper": (io.BytesIO(png), "nota.png", "image/png")}
        ),
    )

    assert [one.status_code for one in answers] == [200] * TIMES
