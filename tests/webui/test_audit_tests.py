"""An auditor tests the journal and draws a sample at the desk."""

from __future__ import annotations

import pytest

from coopbook import ledger, savings
from coopbook.money import Money
from tests.conftest import FIRST_DAY
from tests.coopbook.rounds.neighbours import furnish_street, voluntary_of
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import in_english


@pytest.mark.parametrize("name", ["agus", "sari", "budi"])
def test_who_watches_asks_and_draws(desks: Desks, name: str) -> None:
    desks.log_in(name)
    desks.client.post("/language", data={"language": "en"})
    assert "/audit/tests" in desks.text("/audit")

    page = plain(desks.get("/audit/tests"))

    assert "No voucher number is missing." in page
    assert "Whole millions" in page
    assert "The sample" not in page


def test_the_same_address_draws_the_same_sample(desks: Desks) -> None:
    desks.log_in("agus")
    desks.client.post("/language", data={"language": "en"})
    asked = "/audit/tests?seed=2026+Agus&size=2&how=random"
    with desks.coop.read() as book:
        count = len(ledger.entries(book, limit=99).rows)

    once, again = plain(desks.get(asked)), plain(desks.get(asked))

    assert once == again
    assert f"2 of {count} vouchers" in once

    refused = plain(desks.get("/audit/tests?seed=x&size=9999&how=random"))
    assert f"{count} vouchers of this time have an amount." in refused
    assert "The sample" not in refused


@pytest.mark.parametrize("how", ["systematic", "monetary_unit", "luck"])
def test_every_way_of_drawing_answers(desks: Desks, how: str) -> None:
    desks.log_in("agus")

    asked = f"/audit/tests?seed=a&size=1&how={how}"
    answer = desks.get(f"{asked}&since=01/01/2026")

    assert answer.status_code == (422 if how == "luck" else 200)
    assert "<h2>Sampel</h2>" in answer.text
    unreadable = desks.get(f"{asked}&since=x")
    assert unreadable.status_code == 422


def test_others_do_not(desks: Desks) -> None:
    for name in ("rina", "dewi", "yanti"):
        desks.log_in(name)
        assert desks.client.get("/audit/tests").status_code == 403


def test_every_voucher_of_a_test_can_be_read(desks: Desks) -> None:
    with desks.coop.open() as book:
        who = furnish_street(book, ("Wati",))[0]
        account = voluntary_of(book, who)
        for _ in range(30):
            savings.deposit(book, account, Money(2_000_000), on=FIRST_DAY)
    in_english(desks, "agus")
    few = desks.text("/audit/tests?since=01/01/2026&until=31/01/2026")
    assert "/audit/tests/round?since=01/01/2026" in few.replace("%2F", "/")
    first = desks.text("/audit/tests/round?since=01/01/2026&until=31/01/2026")
    assert first.count('<td class="doc"') == 25
    assert "after=" in first
    assert desks.get("/audit/tests/luck").status_code == 404
    none = plain(desks.get("/audit/tests/related"))
    assert "The test found nothing in this time." in none
