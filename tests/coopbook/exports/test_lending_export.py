"""What the journal does not say of loans: agreements, cover, by-laws, offices."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest

from coopbook import exports, loans, savings, security
from coopbook.cooperatives import Office, begin_term, set_setting
from coopbook.exports.lending import DICTIONARY, FILES
from coopbook.i18n import say
from coopbook.loans import Wish
from coopbook.money import Money
from tests.conftest import FIRST_DAY, as_, found
from tests.coopbook.gone_bad import by_law
from tests.coopbook.rounds.neighbours import furnish_street, lend, voluntary_of
from tests.tools.test_verify_book import check

ONE = timedelta(days=1)


@pytest.fixture
def village(coop):
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


def read(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(book, folder, **how):
    """Write the book; a whole one is checked against its chain as strangers do."""
    exports.export(book, "csv", folder, **how)
    if not how:
        done = check(folder)
        assert done.returncode == 0, done.stdout
    return folder


def test_every_column_is_in_the_dictionary_in_its_order(village, tmp_path):
    lend(village, furnish_street(village)[0])
    out = written(village, tmp_path / "out")

    told = read(out, DICTIONARY)
    for name in FILES:
        with (out / name).open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        assert [row["column"] for row in told if row["file"] == name] == columns
    for row in told:
        assert row["meaning_en"].endswith(".")
        if row["codes"]:
            codes = ["", *row["codes"].split("|")]
            assert all(one[row["column"]] in codes for one in read(out, row["file"]))


def test_every_meaning_is_told_in_both_languages(indonesian):
    for columns, _ in FILES.values():
        for column in columns:
            assert say(column.meaning, "id") != column.meaning, column.name


def test_an_agreement_is_written_out_whole(village, tmp_path):
    begin_term(village, Office.VILLAGE_HEAD, "Pak Darto", on=FIRST_DAY, source="SK 1")
    loan = lend(village, furnish_street(village)[0])
    out = written(village, tmp_path / "out")

    (row,) = read(out, "loans.csv")
    (term,) = read(out, "terms-of-office.csv")
    expected = {
        "loan": loan.number,
        "member": loan.member_number,
        "account": loan.account_number,
        "interest_account": loan.interest_account_number,
        "principal": loan.principal.units,
        "method": "flat",
        "rate": "1.5",
        "rate_per": "month",
        "rounding_step": 1_000,
        "penalty_rate": "0.1",
        "penalty_per": "day",
        "penalty_grace_days": 3,
        "conditions": "{}",
        "disbursed_on": FIRST_DAY,
        "state": "disbursed",
        "head_term": term["number"],
        "board_term": "",
        "related": 0,
        "carried_days": "",
    }
    assert {name: row[name] for name in expected} == {
        name: str(value) for name, value in expected.items()
    }
    assert (term["office"], term["began_on"], term["ended_on"]) == (
        *("village_head", FIRST_DAY.isoformat()),
        "",
    )


def test_conditions_of_a_loans_own_are_those_of_its_event(village, tmp_path):
    who, first_due = furnish_street(village)[0], FIRST_DAY + 40 * ONE
    with as_(village, "dewi"):
        product = loans.product(village, "productive")
        loans.apply(
            *(village, who, product, Money(1_000_000)),
            term=7,
            purpose="modal",
            on=FIRST_DAY,
            first_due=first_due,
        )
    lend(village, furnish_street(village)[1])
    out = written(village, tmp_path / "out")

    row, plain = read(out, "loans.csv")
    assert first_due.isoformat() in row["conditions"]
    assert plain["conditions"] == "{}"


def test_what_was_wished_and_what_stands_behind_a_loan(village, tmp_path):
    who = furnish_street(village)[0]
    loan, account = lend(village, who), voluntary_of(village, who)
    savings.deposit(village, account, Money(500_000), on=FIRST_DAY)
    hold = security.hold_own(village, loan, account, Money(300_000), on=FIRST_DAY)
    security.guarantee(
        *(village, loan, Money(50_000)), on=FIRST_DAY, relation="ipar", name="Sumi"
    )
    loans.repay(village, loan, Money(200_000), on=FIRST_DAY + ONE, wish=Wish.SMALLER)
    savings.release(village, hold, on=FIRST_DAY + 9 * ONE, note="cukup")
    out = written(village, tmp_path / "out")

    (change,) = read(out, "loan-changes.csv")
    assert (change["loan"], change["kind"], change["changed_on"]) == (
        *(str(loan.number), "smaller"),
        (FIRST_DAY + ONE).isoformat(),
    )
    assert read(out, "security.csv") == [
        {
            "loan": str(loan.number),
            "kind": "savings",
            "amount": "300000",
            "since": FIRST_DAY.isoformat(),
            "until": (FIRST_DAY + 9 * ONE).isoformat(),
        },
        {
            "loan": str(loan.number),
            "kind": "promise",
            "amount": "50000",
            "since": FIRST_DAY.isoformat(),
            "until": "",
        },
    ]
    assert "Sumi" not in "".join(
        (out / name).read_text("utf-8") for name in (*FILES, DICTIONARY)
    )


def test_by_laws_are_written_with_the_days_they_count_from(village, tmp_path):
    later = date(2027, 1, 1)
    set_setting(
        *(village, "doubtful_months", 12),
        valid_from=later,
        source="RAT",
        on=FIRST_DAY,
    )
    out = written(village, tmp_path / "out")

    rows = [one for one in read(out, "by-laws.csv") if one["name"] == "doubtful_months"]
    assert [(one["valid_from"], one["value"]) for one in rows] == [
        (FIRST_DAY.isoformat(), "21"),
        (later.isoformat(), "12"),
    ]


def test_what_came_after_the_day_and_what_a_neighbour_has_stay_out(coop, tmp_path):
    with found(coop.engine).open() as other:
        by_law(other, "share_arrears_to_borrow", 99)
        lend(other, furnish_street(other)[0], 7_700_000)
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        people = furnish_street(book)
        first = lend(book, people[0])
        lend(book, people[1], on=FIRST_DAY + 40 * ONE)
        out = written(book, tmp_path / "out", as_of=FIRST_DAY + 10 * ONE)
        assert [row["loan"] for row in read(out, "loans.csv")] == [str(first.number)]
