"""The by-laws' figures at the desks: seen by everybody, changed by two people."""

from __future__ import annotations

import pytest

from coopbook import cooperatives, savings
from coopbook.cooperatives import set_setting
from coopbook.members import member
from coopbook.money import Money
from coopbook.people import Role, approvals
from tests.conftest import TODAY, Coop
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_policy import only
from webui.wording import day

ON = day(TODAY)


def english(desks: Desks, name: str) -> None:
    desks.log_in(name)
    desks.client.post("/language", data={"language": "en"})


def figure(coop: Coop, name: str) -> str:
    with coop.read() as book:
        return cooperatives.setting_text(book, name, TODAY)


def test_everybody_reads_the_by_laws_and_a_manager_changes_them(desks: Desks) -> None:
    english(desks, only(desks.coop, Role.MEMBER))
    page = plain(desks.get("/bylaws?about=desks"))
    assert "Payouts above this need a second person Rp 5.000.000" in page
    rules = plain(desks.get("/bylaws?about=meetings"))
    assert "Quorum of changes of the by-laws at least 2/3" in rules
    assert "Principal share Rp 100.000" in plain(desks.get("/bylaws"))
    assert desks.get("/bylaws?about=luck").status_code == 404
    assert "/bylaws/payout_limit" not in desks.text("/bylaws?about=desks")
    assert desks.get("/bylaws/payout_limit").status_code == 403

    english(desks, "budi")
    assert "/bylaws/payout_limit" in desks.text("/bylaws?about=desks")
    assert desks.get("/bylaws/luck").status_code == 404


def test_a_loosened_limit_holds_only_when_a_second_person_agrees(desks: Desks) -> None:
    english(desks, "budi")
    asked = {"value": "9000000", "valid_from": ON, "source": "RAT 2026"}
    shown = desks.send("/bylaws/payout_limit", **asked)
    said = "Rp 9.000.000 from 16/03/2026 on, instead of Rp 5.000.000"
    assert said in plain(shown)
    posted = desks.post("/bylaws/payout_limit", **asked)
    assert posted.status_code == 302
    assert figure(desks.coop, "payout_limit") == "5000000"

    with desks.coop.read() as book:
        (waiting,) = approvals.inbox(book)
    assert "Rp 9.000.000" not in plain(desks.get("/bylaws?about=desks"))
    yes = desks.text(f"/approvals/{waiting.number}")
    assert f"/approvals/{waiting.number}/approve" not in yes, "not by who asked"

    english(desks, "sari")
    page = desks.text(f"/approvals/{waiting.number}")
    assert "Rp 9.000.000" in page
    assert "RAT 2026" in page
    desks.client.post(f"/approvals/{waiting.number}/approve", data=hidden_fields(page))
    assert figure(desks.coop, "payout_limit") == "9000000"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("quorum_bylaws", "two thirds", "Write the share like"),
        ("quorum_bylaws", ">1/1", "Write the share like"),
        ("savings_tax_rate", "101", "is a whole number from 0 to 100, not 101"),
        ("adult_age", "-1", "is a whole number from 1 to 120"),
        ("approval_days", "0", "is a whole number from 1 to"),
        ("payout_limit", "5,50", "Amounts are whole rupiah"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_with_what_would_work(
    desks: Desks, name: str, value: str, said: str
) -> None:
    english(desks, "budi")
    asked = {"value": value, "valid_from": ON, "source": "RAT 2026"}
    answer = desks.send(f"/bylaws/{name}", **asked)
    assert answer.status_code == 422
    assert said in plain(answer)


def test_an_amount_may_be_nothing_and_a_number_written_apart(desks: Desks) -> None:
    english(desks, "budi")
    path = "/bylaws/voucher_limit"
    asked = {"value": "0", "valid_from": ON, "source": "RAT 2026"}
    shown = desks.send(path, **asked)
    sent = desks.client.post(path, data=hidden_fields(shown.text) | asked)
    assert sent.status_code == 302
    assert 'value="0"' in shown.text
    desks.post("/bylaws/backdating_days", **asked | {"value": "1 0"})
    english(desks, "sari")
    for number in (1, 2):
        page = desks.text(f"/approvals/{number}")
        desks.client.post(f"/approvals/{number}/approve", data=hidden_fields(page))
    assert figure(desks.coop, "voucher_limit") == "0"
    assert figure(desks.coop, "backdating_days") == "10"


def test_one_change_of_a_by_law_waits_at_a_time_and_not_for_a_generation(
    desks: Desks,
) -> None:
    english(desks, "budi")
    asked = {"value": "20", "valid_from": ON, "source": "RAT 2026"}
    far = desks.send("/bylaws/adult_age", **asked | {"valid_from": "01/01/2062"})
    assert "Choose a day up to 16/03/2028" in plain(far)
    desks.post("/bylaws/adult_age", **asked)
    again = desks.send("/bylaws/adult_age", **asked)
    assert again.status_code == 422
    assert "still waits for a second person" in plain(again)


def test_days_already_lived_keep_what_held_on_them(desks: Desks) -> None:
    english(desks, "budi")
    asked = {"value": "1", "valid_from": "15/03/2026", "source": "RAT 2026"}
    answer = desks.send("/bylaws/admission_decided", **asked)
    assert answer.status_code == 422
    assert "Choose today, 16/03/2026, or later" in plain(answer)


def test_a_candidate_is_taken_in_by_a_decision_at_the_desk(desks: Desks) -> None:
    with desks.coop.open() as book:
        set_setting(book, "admission_decided", 1, valid_from=TODAY, source="AD 6")
        kind = savings.product(book, "principal")
        share = savings.open_account(book, member(book, 2), kind)
        savings.deposit(book, share, Money(100_000), on=TODAY)
    english(desks, "budi")
    assert "Candidates who wait" in plain(desks.get("/oversight"))
    desks.client.post(
        "/decisions/new",
        data=hidden_fields(desks.text("/decisions/new"))
        | {"body": "board", "title": "Anggota baru", "text": "Ani diterima", "on": ON},
    )
    asked = {"to": "active", "on": ON, "reason": "Rapat pengurus"}
    without = desks.send("/members/2/standing", **asked)
    assert without.status_code == 422
    assert "name the decision of the board or the meeting" in plain(without)

    desks.send("/members/2/standing", **asked, decision="1")

    with desks.coop.read() as book:
        assert member(book, 2).status == "active"
    assert "2026" in desks.text("/members/2/history")


def test_cash_of_any_day_is_shown(desks: Desks) -> None:
    english(desks, "sari")
    first = day(TODAY.replace(month=1, day=1))
    page = plain(desks.get(f"/oversight/cash?on={first}"))
    assert "0001 Siti Aminah 200.000 0 200.000" in page
    assert "No member moved cash on that day." in plain(desks.get("/oversight/cash"))
    nonsense = desks.get("/oversight/cash?on=x")
    assert nonsense.status_code == 200
