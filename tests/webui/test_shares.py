"""Every month of the mandatory share: seen, agreed on, exempt, listed."""

from __future__ import annotations

import csv
import io

import pytest

from coopbook import decisions, members, savings
from coopbook.decisions import DecisionBody
from coopbook.money import Money
from coopbook.people import Role
from tests.conftest import FIRST_DAY, TODAY, Coop
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.filling import saver
from tests.webui.test_policy import only

LARGEST = 20_000


def in_english(desks: Desks, name: str) -> None:
    desks.log_in(name)
    desks.client.post("/language", data={"language": "en"})


def paid(coop: Coop, number: int, amount: int) -> None:
    with coop.open() as book:
        account = savings.account_for(book, members.member(book, number), "mandatory")
        assert account is not None
        savings.deposit(book, account, Money(amount), on=TODAY)


def savers(coop: Coop, count: int, hamlet: str = "Krajan") -> list[int]:
    with coop.open() as book:
        return [
            saver(book, f"Penabung {place:03d}", hamlet, on=FIRST_DAY).number
            for place in range(count)
        ]


def decided(coop: Coop) -> int:
    with coop.open("budi") as book:
        return decisions.enter_decision(
            *(book,),
            body=DecisionBody.BOARD,
            title="Bebas simpanan wajib",
            text="Selama di Taiwan.",
            on=TODAY,
        ).number


# -- one member --------------------------------------------------------------


def test_every_month_is_said_in_words(desks: Desks) -> None:
    (number,) = savers(desks.coop, 1)
    paid(desks.coop, number, 35_000)
    in_english(desks, "sari")

    page = desks.text(f"/members/{number}/calendar")

    words = "January 2026: paid; February 2026: partly paid; March 2026: due this month"
    assert f'aria-label="{words}"' in page
    assert "Rp 15.000 is missed for February 2026." in page
    assert "Missed months: 1; 3 are allowed." in page
    assert "counts as capital from the day it is paid" in page


def test_months_paid_ahead_are_shown_in_their_year(desks: Desks) -> None:
    (number,) = savers(desks.coop, 1)
    paid(desks.coop, number, 25_000 * 13)
    in_english(desks, "sari")

    page = desks.text(f"/members/{number}/calendar")

    assert "<h2>2027</h2>" in page
    assert 'aria-label="January 2027: paid ahead"' in page
    assert page.index("<h2>2027</h2>") < page.index("<h2>2026</h2>")
    earlier = desks.text(f"/members/{number}/calendar?before=2027")
    assert "<h2>2027</h2>" not in earlier


def test_a_candidate_owes_nothing_yet(desks: Desks) -> None:
    in_english(desks, "rina")
    page = desks.text("/members/2/calendar")
    assert "owes nothing yet" in page
    assert "First the principal share is paid." in page
    assert "/counter/2/deposit" not in page


def test_who_missed_too_much_may_borrow_while_a_plan_is_kept(desks: Desks) -> None:
    (number,) = savers(desks.coop, 1)
    in_english(desks, "budi")
    at = f"/members/{number}"
    desks.app.config["TODAY"] = TODAY.replace(month=6)
    try:
        page = desks.text(f"{at}/calendar")
        assert "Missed months: 5; 3 are allowed. Pay them" in page
        agreed = desks.send(f"{at}/plan", months="5", note="Setelah panen")
        assert agreed.headers["Location"] == f"{at}/calendar"
        page = desks.text(f"{at}/calendar")
        assert "The plan is not kept: Rp 25.000 more is due" in page
        assert "Setelah panen" in page
        paid(desks.coop, number, 25_000)
        assert "The plan is kept, so the months" in desks.text(f"{at}/calendar")
        ended = desks.client.post(f"{at}/plan/end", data=hidden_fields(page))
        assert ended.status_code == 302
        page = desks.text(f"{at}/calendar")
    finally:
        desks.app.config["TODAY"] = TODAY
    assert "The plan has ended." in page
    assert "The plan is kept" not in page


def test_as_many_missed_months_as_are_allowed_do_not_stand_in_the_way(
    desks: Desks,
) -> None:
    (number,) = savers(desks.coop, 1)
    in_english(desks, "sari")
    desks.app.config["TODAY"] = TODAY.replace(month=4)
    try:
        page = desks.text(f"/members/{number}/calendar")
    finally:
        desks.app.config["TODAY"] = TODAY
    assert "Missed months: 3; 3 are allowed." in page
    assert "can be asked for" in page
    assert "Pay them" not in page


def test_exempt_months_are_not_offered_at_the_counter(desks: Desks) -> None:
    (number,) = savers(desks.coop, 1)
    decision = decided(desks.coop)
    in_english(desks, "budi")
    desks.send(
        f"/members/{number}/exemption",
        first_month="02/2026",
        last_month="03/2026",
        reason="Taiwan",
        decision=decision,
    )
    in_english(desks, "rina")
    page = desks.text(f"/counter/{number}/deposit")
    offered = page.split('id="month"')[1].split("</select>")[0]
    assert 'value="202601"' in offered
    assert 'value="202604"' in offered
    assert 'value="202602"' not in offered
    assert 'value="202603"' not in offered


@pytest.mark.parametrize("months", ["0", "25", "-1", "x", ""])
def test_a_plan_of_no_length_says_what_would_work(desks: Desks, months: str) -> None:
    (number,) = savers(desks.coop, 1)
    in_english(desks, "tono")

    refused = desks.send(f"/members/{number}/plan", months=months)

    assert refused.status_code == 422
    assert 'id="months-refused"' in refused.text
    if months == "25":
        assert "Choose from 1 to 24 months" in plain(refused)


def test_a_plan_sent_twice_is_agreed_once(desks: Desks) -> None:
    (number,) = savers(desks.coop, 1)
    desks.log_in("tono")
    path = f"/members/{number}/plan"
    data = hidden_fields(desks.get(path).text) | {"months": "2"}
    for _ in range(3):
        assert desks.client.post(path, data=data).status_code == 302
    with desks.coop.read() as book:
        assert book.get(savings.CatchUpPlan, number, 1) is not None
        assert book.get(savings.CatchUpPlan, number, 2) is None


def test_months_are_exempt_by_decision_and_owed_again(desks: Desks) -> None:
    (number,) = savers(desks.coop, 1)
    decision = decided(desks.coop)
    in_english(desks, "budi")
    at = f"/members/{number}"
    asked = {"first_month": "02/2026", "last_month": "2026-03", "reason": "Taiwan"}

    none = desks.send(f"{at}/exemption", **asked, decision="")
    assert none.status_code == 422
    assert 'id="decision-refused"' in none.text
    back = desks.send(
        f"{at}/exemption", **asked | {"last_month": "1/2026"}, decision=decision
    )
    assert "Exchange the two." in back.text.split('id="last_month-refused"')[1][:200]
    done = desks.send(f"{at}/exemption", **asked, decision=decision)
    assert done.headers["Location"] == f"{at}/calendar"

    page = desks.text(f"{at}/calendar")
    assert "January 2026: missed; February to March 2026: exempt" in page
    assert f'href="/decisions/{decision}"' in page
    with desks.coop.read() as book:
        said = savings.share_standing(book, members.member(book, number), TODAY)
    assert said.calendar.owed == Money(25_000)

    desks.client.post(f"{at}/exemptions/1/end", data=hidden_fields(page))
    assert "exempt" not in desks.text(f"{at}/calendar").split("<h2>2026</h2>")[1][:600]


@pytest.mark.parametrize("month", ["13/2026", "2026", "March", "02/20266", "0/2026"])
def test_a_month_nobody_can_mean_is_refused_at_the_form(
    desks: Desks, month: str
) -> None:
    (number,) = savers(desks.coop, 1)
    in_english(desks, "budi")
    refused = desks.send(
        f"/members/{number}/exemption",
        first_month=month,
        last_month="03/2026",
        reason="x",
    )
    assert refused.status_code == 422
    assert "Write the month like 03/2026." in plain(refused)


# -- everybody ---------------------------------------------------------------


def test_the_list_names_months_and_adds_everybody_up(desks: Desks) -> None:
    first, second, third = savers(desks.coop, 3)
    paid(desks.coop, first, 30_000)
    paid(desks.coop, second, 100_000)
    savers(desks.coop, 1, "Melati")
    in_english(desks, "agus")

    page = desks.text("/shares?hamlet=Krajan")

    assert f"/members/{first}/calendar" in page
    assert f"/members/{second}/calendar" not in page
    assert "January to February 2026" in page
    figures = " ".join(plain(desks.get("/shares?hamlet=Krajan")).split())
    assert "Members who owe 2" in figures
    assert "Missed before this month Rp 70.000" in figures
    assert "Still due this month Rp 50.000" in figures
    everybody = desks.text("/shares?hamlet=Krajan&who=all")
    assert "paid up to April 2026" in everybody
    assert f"/members/{third}/calendar" in everybody


def test_a_long_list_turns_its_pages_and_stays_small(desks: Desks) -> None:
    numbers = savers(desks.coop, 60)
    desks.log_in("sari")
    path, seen = "/shares?hamlet=Krajan", list[int]()
    for _ in range(3):
        answer = desks.get(path)
        assert len(answer.data) <= LARGEST
        seen += [n for n in numbers if f"/members/{n}/calendar" in answer.text]
        path = f"/shares?hamlet=Krajan&after={seen[-1]}"
    assert seen == numbers


def test_a_large_cooperative_is_added_up_when_asked(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    savers(desks.coop, 2)
    in_english(desks, "agus")
    monkeypatch.setattr("webui.shares.listing.ADDED_UP", 1)

    page = desks.text("/shares?hamlet=Krajan")

    assert "Members who owe" not in page
    link = page.split("Add everybody up")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "Rp 100.000" in desks.text(link)


def test_the_list_leaves_as_a_file_that_no_spreadsheet_takes_for_a_formula(
    desks: Desks,
) -> None:
    (number,) = savers(desks.coop, 1)
    with desks.coop.open() as book:
        evil = saver(book, "=cmd()", "Krajan", on=FIRST_DAY).number
    desks.log_in("yanti")

    answer = desks.get("/shares.csv?hamlet=Krajan")

    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "No Anggota"
    assert rows[1] == [
        *(str(number), "Penabung 000", "Krajan", "2", "2026-01", "50000"),
        *("25000", "0", "", "ya"),
    ]
    assert rows[2][:2] == [str(evil), "'=cmd()"]
    assert len(rows) == 3


# -- who may, and whose ------------------------------------------------------


def test_who_agrees_who_exempts_and_who_reads(desks: Desks) -> None:
    (number,) = savers(desks.coop, 1)
    at = f"/members/{number}"
    for role, plan, exemption in (
        (Role.MANAGER, 200, 200),
        (Role.TREASURER, 200, 403),
        (Role.TELLER, 403, 403),
        (Role.SUPERVISOR, 403, 403),
        (Role.AUDITOR, 403, 403),
        (Role.BOOKKEEPER, 403, 403),
    ):
        desks.log_in(only(desks.coop, role))
        assert desks.get("/shares").status_code == 200
        assert desks.get(f"{at}/calendar").status_code == 200
        assert desks.get(f"{at}/plan").status_code == plan, role
        assert desks.get(f"{at}/exemption").status_code == exemption, role
        ends = desks.client.post(f"{at}/exemptions/1/end").status_code
        assert ends == (404 if exemption == 200 else 403)


def test_a_member_sees_nobodys_months_here(desks: Desks) -> None:
    desks.log_in(only(desks.coop, Role.MEMBER))
    for path in ("/shares", "/shares.csv", "/members/1/calendar", "/members/1/plan"):
        assert desks.get(path).status_code == 403


def test_numbers_of_another_cooperative_are_not_here(desks: Desks, twin: Coop) -> None:
    there = savers(twin, 9)[-1]
    desks.log_in("budi")
    for page in ("calendar", "plan", "exemption"):
        assert desks.get(f"/members/{there}/{page}").status_code == 404
    assert "Penabung" not in desks.text("/shares?who=all")
