"""A hamlet is collected on one sheet: small, kept when refused, posted once."""

from __future__ import annotations

import re
from html import unescape

import pytest

from coopbook import ledger, members, savings
from coopbook.cooperatives import set_setting
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people import Role
from tests.conftest import FIRST_DAY, TODAY, Coop
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.filling import saver
from tests.webui.test_policy import only
from webui.wording import day

ON = day(TODAY)
HAMLET = "Dusun Melati"
SHEET = "/collection/sheet?hamlet=Dusun+Melati"
LARGEST = 20_000
ABOUT = {"collector": "Bu Rina", "place": "drawer", "on": ON}


def lived_in(coop: Coop, count: int, hamlet: str = HAMLET) -> list[int]:
    """Let so many savers live in a hamlet since the first day; return their numbers."""
    with coop.open() as book:
        return [
            saver(book, f"Penabung {place:03d}", hamlet, on=FIRST_DAY).number
            for place in range(count)
        ]


def typed(page: str) -> dict[str, str]:
    """Return what stands in the rows of a sheet."""
    found = re.findall(r'<input name="([mv]\d+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def in_english(desks: Desks, name: str = "rina") -> None:
    desks.log_in(name)
    desks.client.post("/language", data={"language": "en"})


def posted(desks: Desks, **asked: str):
    """Check a sheet and post it."""
    shown = desks.send(SHEET, **ABOUT | asked)
    assert shown.status_code == 200, plain(shown)
    return desks.client.post(SHEET, data=hidden_fields(shown.text) | ABOUT | asked)


def given(coop: Coop, number: int, code: str) -> Money:
    with coop.read() as book:
        account = savings.account_for(book, members.member(book, number), code)
        assert account is not None
        return savings.balance(book, account)


def test_a_sheet_is_filled_with_what_everybody_owes(desks: Desks) -> None:
    first, second, third = lived_in(desks.coop, 3)
    lived_in(desks.coop, 1, "Krajan")
    with desks.coop.open() as book:
        who = members.member(book, second)
        account = savings.account_for(book, who, "mandatory")
        assert account is not None
        savings.deposit(book, account, Money(60_000), on=TODAY)
    desks.log_in("rina")

    rows = typed(desks.text(SHEET))

    assert rows == {
        f"m{first}": "75.000",
        f"v{first}": "",
        f"m{second}": "15.000",
        f"v{second}": "",
        f"m{third}": "75.000",
        f"v{third}": "",
    }
    everybody = typed(desks.text("/collection/sheet"))
    assert len(everybody) > len(rows)


def test_a_round_is_one_entry_with_every_card_in_it(desks: Desks) -> None:
    first, second, third = lived_in(desks.coop, 3)
    in_english(desks)
    asked = {f"m{first}": "75.000", f"m{second}": "30000", f"v{second}": "5.000"}

    shown = desks.send(SHEET, **ABOUT | asked)
    said = plain(shown)
    assert (
        "2 members give Rp 110.000: Rp 105.000 as mandatory share, Rp 5.000 into "
        "voluntary savings." in said
    )
    assert "one hundred and ten thousand rupiah" in said.replace(",", "").lower()
    name = f"{second:04d} Penabung 001"
    assert f"{name}: January 2026 and Rp 5.000 of February 2026" in said
    assert f"Paying no share: {third:04d}." in said
    assert f"{first:04d} Penabung 000:" not in said
    done = desks.client.post(SHEET, data=hidden_fields(shown.text) | ABOUT | asked)

    assert done.status_code == 302
    assert given(desks.coop, second, "voluntary") == Money(5_000)
    page = desks.text(done.headers["Location"])
    assert "Penabung 001" in page
    assert "35.000" in page
    assert "Penabung 002" not in page
    with desks.coop.read() as book:
        (row,) = savings.collections(book)
        entry = ledger.entry(book, row.entry_number)
        accounts = [line.account_number for line in entry.lines]
    assert (row.members, row.amount, row.hamlet) == (2, Money(110_000), HAMLET)
    assert accounts == [11102, 31002, 31002, 21101]


def test_a_sheet_sent_twice_is_posted_once(desks: Desks) -> None:
    (number,) = lived_in(desks.coop, 1)
    desks.log_in("rina")
    asked = ABOUT | {f"m{number}": "75000"}
    shown = desks.send(SHEET, **asked)
    data = hidden_fields(shown.text) | asked

    places = {desks.client.post(SHEET, data=data).headers["Location"] for _ in range(3)}

    assert len(places) == 1
    assert given(desks.coop, number, "mandatory") == Money(75_000)


def test_a_row_changed_after_the_check_is_shown_again(desks: Desks) -> None:
    (number,) = lived_in(desks.coop, 1)
    desks.log_in("rina")
    shown = desks.send(SHEET, **ABOUT, **{f"m{number}": "75000"})
    changed = ABOUT | {f"m{number}": "750000"}

    again = desks.client.post(SHEET, data=hidden_fields(shown.text) | changed)

    assert again.status_code == 200
    assert "750.000" in plain(again)
    assert given(desks.coop, number, "mandatory") == ZERO


def test_money_may_stay_with_the_collector(desks: Desks) -> None:
    (number,) = lived_in(desks.coop, 1)
    desks.log_in("rina")
    posted(desks, **{f"m{number}": "75000", "place": "field"})
    with desks.coop.read() as book:
        assert ledger.account_balance(book, 11104) == Money(75_000)


@pytest.mark.parametrize("wrong", ["12x", "-5000", "250,000", "1e5", "0,5"])
def test_a_refusal_names_the_row_and_keeps_everything_typed(
    desks: Desks, wrong: str
) -> None:
    first, second = lived_in(desks.coop, 2)
    in_english(desks)
    asked = {f"m{first}": "75.000", f"v{first}": "1.234", f"m{second}": wrong}

    refused = desks.send(SHEET, **ABOUT | asked)

    assert refused.status_code == 422
    assert f"{second:04d} Penabung 001: " in plain(refused)
    assert typed(refused.text) == {f"v{second}": ""} | asked
    assert re.findall(r'name="(\w+)"[^>]*aria-invalid', refused.text) == [f"m{second}"]
    assert given(desks.coop, first, "mandatory") == ZERO


def test_what_the_book_refuses_is_named_by_its_row_too(desks: Desks) -> None:
    first, second = lived_in(desks.coop, 2)
    with desks.coop.open() as book:
        account = savings.account_for(book, members.member(book, second), "mandatory")
        assert account is not None
        account.closed_on = TODAY
    in_english(desks)

    refused = desks.send(SHEET, **ABOUT, **{f"m{first}": "1", f"m{second}": "75000"})

    assert refused.status_code == 422
    assert f"{second:04d} Penabung 001: Savings account" in plain(refused)
    assert re.findall(r'name="(\w+)"[^>]*aria-invalid', refused.text) == [f"m{second}"]


def test_an_empty_sheet_is_no_collection(desks: Desks) -> None:
    lived_in(desks.coop, 1)
    in_english(desks)
    refused = desks.send(SHEET, **ABOUT)
    assert refused.status_code == 422
    assert "Write the amount of at least one member" in plain(refused)


def test_who_left_since_the_sheet_was_opened_is_named(desks: Desks) -> None:
    first, second = lived_in(desks.coop, 2)
    in_english(desks)
    with desks.coop.open() as book:
        who = members.member(book, second)
        who.status = MemberStatus.RESIGNED
    refused = desks.send(SHEET, **ABOUT, **{f"m{first}": "1", f"m{second}": "75000"})
    assert refused.status_code == 422
    assert f"Member {second} is not on this sheet any more." in plain(refused)


def test_numbers_of_another_hamlet_and_of_the_twin_are_not_on_the_sheet(
    desks: Desks, twin: Coop
) -> None:
    (here,) = lived_in(desks.coop, 1)
    (there,) = lived_in(desks.coop, 1, "Krajan")
    lived_in(twin, 9)
    desks.log_in("rina")
    for number in (there, here + 8):
        refused = desks.send(SHEET, **ABOUT, **{f"v{number}": "1000"})
        assert refused.status_code == 422
    assert f"m{here + 8}" not in desks.text("/collection/sheet")
    assert desks.get("/collection/9999").status_code == 404


def test_a_hamlet_of_120_is_three_small_sheets(desks: Desks) -> None:
    numbers = lived_in(desks.coop, 120)
    desks.log_in("rina")
    path, seen, sizes = SHEET, list[str](), list[int]()
    for _ in range(3):
        page = desks.get(path)
        sizes.append(len(page.data))
        rows = typed(page.text)
        seen += [name for name in rows if name.startswith("m")]
        asked = ABOUT | dict.fromkeys(rows, "33.333")
        shown = desks.client.post(path, data=hidden_fields(page.text) | asked)
        assert shown.status_code == 200
        sizes.append(len(shown.data))
        assert "Februari 2026" in plain(shown)
        wrong = desks.client.post(path, data=asked | dict.fromkeys(rows, "x"))
        assert wrong.status_code == 422
        sizes.append(len(wrong.data))
        data = hidden_fields(shown.text) | asked
        at = desks.client.post(path, data=data).headers["Location"]
        done = desks.get(at)
        sizes.append(len(done.data))
        onward = re.search(r'href="(/collection/sheet[^"]*after=\d+[^"]*)"', done.text)
        path = unescape(onward[1]) if onward else ""
        blank = desks.get("/collection/blank?hamlet=Dusun+Melati")
        sizes.append(len(blank.data))
    assert path == ""
    assert seen == [f"m{number}" for number in numbers]
    assert max(sizes) <= LARGEST, sizes
    with desks.coop.read() as book:
        rounds = savings.collections(book)
    assert [row.members for row in rounds] == [40, 40, 40]
    assert {row.amount.units for row in rounds} == {40 * 2 * 33_333}


def test_the_empty_sheet_has_a_line_for_everybody_and_room_to_sign(
    desks: Desks,
) -> None:
    lived_in(desks.coop, 2)
    in_english(desks)
    page = desks.text("/collection/blank?hamlet=Dusun+Melati")
    assert "January to March 2026" in page
    assert page.count("<td></td>") == 6
    assert 'media="print" href="/paper/210x297.css"' in page


def test_a_round_that_was_reversed_says_so(desks: Desks) -> None:
    (number,) = lived_in(desks.coop, 1)
    in_english(desks)
    at = posted(desks, **{f"m{number}": "75000"}).headers["Location"]
    entry = at.split("?")[0].rsplit("/", 1)[1]
    desks.post(f"/vouchers/{entry}/reversal", reason="Salah dusun", on=ON)
    assert "reversed by" in desks.text(at)
    assert given(desks.coop, number, "mandatory") == ZERO


def test_cash_to_be_reported_is_pointed_out_after_a_round(desks: Desks) -> None:
    first, second = lived_in(desks.coop, 2)
    with desks.coop.open("budi") as book:
        set_setting(
            *(book, "cash_report_threshold", 500_000), valid_from=TODAY, source="UU 8"
        )
    in_english(desks)
    at = posted(desks, **{f"v{first}": "500000", f"v{second}": "499999"})
    page = desks.text(at.headers["Location"])
    assert page.count('class="told watch"') == 1
    assert "Cash of Penabung 000" in page


def test_readers_read_rounds_and_a_member_sees_none(desks: Desks) -> None:
    (number,) = lived_in(desks.coop, 1)
    desks.log_in("rina")
    at = posted(desks, **{f"m{number}": "75000"}).headers["Location"].split("?")[0]
    for role in (Role.SUPERVISOR, Role.AUDITOR, Role.BOOKKEEPER):
        desks.log_in(only(desks.coop, role))
        assert desks.get(at).status_code == 200
        assert desks.get("/collection").status_code == 200
        assert desks.get(SHEET).status_code == 403
    desks.log_in(only(desks.coop, Role.MEMBER))
    for path in (at, "/collection", SHEET, "/collection/blank"):
        assert desks.get(path).status_code == 403
