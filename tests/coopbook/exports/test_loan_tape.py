"""The loan tape: whole, explained, without people, and read again by a stranger."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta

import pytest

from coopbook import (
    baddebts,
    cooperatives,
    exports,
    groups,
    loans,
    members,
    savings,
    security,
)
from coopbook.baddebts import By, Judging, Policy
from coopbook.cooperatives import Office, begin_term
from coopbook.dates import months_after
from coopbook.exports.loan_tape import DICTIONARY, TAPE, dictionary, write_loan_tape
from coopbook.exports.tape_columns import COLUMNS
from coopbook.money import ZERO
from tests.conftest import FIRST_DAY, found
from tests.coopbook.baddebts.test_assessing import by_law, replace_whole, street
from tests.coopbook.gone_bad import decided
from tests.coopbook.groups.circles import borrow, circle, furnish_circle
from tests.coopbook.rounds.neighbours import furnish_street, lend, voluntary_of, whole
from tests.oracles import naive_tape as reader

DUE = months_after(FIRST_DAY, 1)
ONE = timedelta(days=1)
NIK, CARD, PHONE = "3201014101900001", "3201010101900009", "081234567890"
POLICIES = (Policy.KUKM, Policy.BANK5, Policy.LKM3, Policy.PEARLS)
SOME_DAYS = [0, 20, 45, 100, 130, 200, 260, 400]


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        begin_term(
            *(book, Office.VILLAGE_HEAD, "Pak Darto"), on=FIRST_DAY, source="SK 1"
        )
        yield book


def busy(book):
    """Fill a street: loans of every kind of lateness, one restructured."""
    lent = street(book)
    new = replace_whole(book, lent[3], months_after(DUE, 4))
    later = lend(book, lent[0].member, 700_000, on=months_after(DUE, 3))
    return [*lent, new, later]


def read(folder):
    return reader.read_tape(folder / TAPE)


def text_of(folder):
    return "".join(
        (folder / name).read_text(encoding="utf-8") for name in (TAPE, DICTIONARY)
    )


# -- the columns -----------------------------------------------------------------


def test_every_column_is_in_the_dictionary_and_the_other_way_round(village, tmp_path):
    busy(village)
    write_loan_tape(village, tmp_path / "out", on=DUE + 100 * ONE)

    with (tmp_path / "out" / TAPE).open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with (tmp_path / "out" / DICTIONARY).open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))

    assert [row["column"] for row in told] == columns
    assert len(set(columns)) == len(columns) == len(COLUMNS)
    assert list(told[0]) == [
        *("column", "meaning_en", "meaning_id", "type", "unit", "example", "codes"),
    ]
    for row in told:
        assert row["meaning_en"].endswith(".")
        assert row["example"]
        assert row["type"] in {"integer", "decimal", "date", "text", "code", "flag"}


def test_every_meaning_is_told_in_both_languages(indonesian):
    for name, english, in_indonesian, *_ in dictionary():
        assert in_indonesian, name
        assert in_indonesian != english


def test_every_cell_is_of_the_type_and_among_the_codes_that_are_told(village, tmp_path):
    busy(village)
    write_loan_tape(village, tmp_path / "out", on=DUE + 200 * ONE, everything=True)

    for row in read(tmp_path / "out"):
        for column in COLUMNS:
            cell = row[column.name]
            if column.codes:
                assert cell in ("", *column.codes), column.name
            if not cell:
                continue
            if column.kind == "date":
                assert date.fromisoformat(cell).isoformat() == cell
            elif column.kind == "integer":
                assert str(int(cell)) == cell
            elif column.kind == "flag":
                assert cell in "01"
            elif column.kind == "decimal":
                float(cell)


def test_a_row_holds_what_the_book_says_of_the_loan(village, tmp_path):
    people = furnish_circle(village)
    group = circle(village, people[:5])
    loan = borrow(village, group, people[1])
    on = DUE + 45 * ONE
    loans.repay(village, loan, loans.schedule_of(village, loan)[0].total, on=DUE)

    write_loan_tape(village, tmp_path / "out", on=on)

    (row,) = read(tmp_path / "out")
    now = loans.standing(village, loan, on)
    (term,) = cooperatives.terms_of_office(village)
    plan = list(loans.schedule_of(village, loan))
    expected = {
        "as_of": on,
        "loan": loan.number,
        "member": people[1].number,
        "product": loan.product_code,
        "disbursed_on": loan.disbursed_on,
        "term": loan.term,
        "every": "1 month",
        "rhythm": "months",
        "method": "flat",
        "rate_per": "month",
        "principal": loan.principal.units,
        "fees": (loan.origination_fee + loan.admin_fee).units,
        "first_due_on": plan[0].due_on,
        "matures_on": plan[-1].due_on,
        "installments": len(plan),
        "installments_paid": 1,
        "principal_outstanding": now.outstanding_principal.units,
        "interest_due": now.due.interest.units,
        "penalty_due": now.due.penalty.units,
        "arrears_principal": plan[1].principal.units,
        "arrears_interest": plan[1].interest.units,
        "oldest_principal_due_on": plan[1].due_on,
        "oldest_interest_due_on": plan[1].due_on,
        "days_past_due": now.days_past_due,
        "days_carried": "",
        "state": "disbursed",
        "officer": loans.officer_of(village, loan),
        "approver": loan.approved_by,
        "board_term": "",
        "board_term_began_on": "",
        "head_term": term.number,
        "head_term_began_on": term.began_on,
        "group": groups.group_behind(village, loan).number,
        "related": 0,
        "replaces": "",
        "restructured": 0,
        "first_late_on": "",
    }
    assert {name: row[name] for name in expected} == {
        name: str(value) for name, value in expected.items()
    }
    assert float(row["rate"]) == float(loan.rate.share * 100)


# -- whole -----------------------------------------------------------------------


@pytest.mark.parametrize("late", SOME_DAYS)
def test_the_tape_adds_up_to_what_was_assessed(village, tmp_path, late):
    busy(village)
    on = DUE + late * ONE
    now = baddebts.assess(village, on)

    write_loan_tape(village, tmp_path / "out", on=on)

    rows = read(tmp_path / "out")
    assert [int(row["loan"]) for row in rows] == [each.loan.number for each in now.rows]
    for column, total in (
        ("principal_outstanding", now.outstanding),
        ("allowance", now.allowance),
        ("cover", sum((each.deductible for each in now.rows), ZERO)),
    ):
        assert reader.units(rows, column) == total.units
    arrears = sum((each.standing.arrears for each in now.rows), ZERO)
    late_parts = ("arrears_principal", "arrears_interest")
    assert sum(reader.units(rows, part) for part in late_parts) == arrears.units
    for each, row in zip(now.rows, rows, strict=True):
        assert (row["class"], row["reason"]) == (
            each.verdict.loan_class,
            each.verdict.reason,
        )


def test_all_loans_that_were_ever_paid_out_are_there_when_asked_for(village, tmp_path):
    lent = busy(village)
    on = DUE + 400 * ONE

    write_loan_tape(village, tmp_path / "ran", on=on)
    write_loan_tape(village, tmp_path / "all", on=on, everything=True)

    ran, every = read(tmp_path / "ran"), read(tmp_path / "all")
    assert [row["loan"] for row in every] == [str(each.number) for each in lent]
    assert ran == reader.running(every)
    paid = [row for row in every if row["state"] == "settled"]
    assert {int(row["loan"]) for row in paid} == {lent[2].number, lent[3].number}
    for row in paid:
        assert (row["principal_outstanding"], row["class"], row["allowance"]) == (
            *("0", ""),
            "",
        )
    (restructured,) = (row for row in every if row["restructured"] == "1")
    assert restructured["replaces"] == str(lent[3].number)
    early = tmp_path / "early"
    write_loan_tape(village, early, on=FIRST_DAY - ONE, everything=True)
    assert read(early) == []


def test_a_restructured_loan_shows_its_carried_days_until_it_is_cured(
    village, tmp_path
):
    old = lend(village, furnish_street(village)[0])
    new = replace_whole(village, old, months_after(DUE, 4))
    plan = list(loans.schedule_of(village, new))
    for row in plan[:3]:
        loans.repay(village, new, row.total, on=row.due_on)

    for name, on in (("before", plan[1].due_on), ("after", plan[2].due_on + ONE)):
        write_loan_tape(village, tmp_path / name, on=on)

    (before,), (after,) = read(tmp_path / "before"), read(tmp_path / "after")
    assert before["days_carried"] == str(new.carried_days)
    assert (before["days_past_due"], before["reason"]) == ("0", "carried")
    assert (after["days_carried"], after["restructured"]) == ("0", "1")


def test_the_first_late_day_is_the_one_the_terms_are_judged_by(village, tmp_path):
    lent = busy(village)
    on = DUE + 100 * ONE
    write_loan_tape(village, tmp_path / "out", on=on)

    for row in read(tmp_path / "out"):
        (loan,) = (each for each in lent if str(each.number) == row["loan"])
        first = baddebts.first_late(village, loan, on)
        assert row["first_late_on"] == (first.isoformat() if first else "")


def test_the_manifest_vouches_for_both_files(village, tmp_path):
    busy(village)
    on = DUE + 100 * ONE

    manifest = write_loan_tape(village, tmp_path / "out", on=on)

    kept = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert [(file.name, file.rows) for file in manifest.files] == [
        (TAPE, len(baddebts.assess(village, on).rows)),
        (DICTIONARY, len(COLUMNS)),
    ]
    assert kept["as_of"] == on.isoformat()
    assert exports.altered_files(tmp_path / "out") == []
    (tmp_path / "out" / TAPE).write_bytes(b"")
    assert exports.altered_files(tmp_path / "out") == [TAPE]
    with pytest.raises(exports.FolderInUse):
        write_loan_tape(village, tmp_path / "out", on=on)


def test_an_empty_book_has_an_empty_tape_with_its_heads(village, tmp_path):
    write_loan_tape(village, tmp_path / "out", on=FIRST_DAY)

    lines = (tmp_path / "out" / TAPE).read_bytes().split(b"\r\n")
    assert len(lines) == 2
    assert lines[0].decode() == ",".join(column.name for column in COLUMNS)


# -- without people ----------------------------------------------------------------


def test_nobody_can_be_found_on_the_tape(village, tmp_path):
    (who,) = furnish_street(village, ("Siti Nurhaliza Wibowo",))
    members.correct(
        *(village, who),
        national_id=NIK,
        family_card_no=CARD,
        phone=PHONE,
        passport_no="X1234567",
        hamlet=f"Krajan, rumah SITI  NURHALIZA WIBOWO hp {PHONE}",
    )
    loan = lend(village, who)
    loan.purpose = f"warung Nurhaliza, NIK {NIK}, KK 3201 0101 0190 0009, {PHONE}"
    village.session.flush()

    write_loan_tape(village, tmp_path / "out", on=DUE + 50 * ONE)

    told = text_of(tmp_path / "out")
    assert "warung •••, NIK •••, KK •••, •••" in told
    assert "Krajan, rumah ••• hp •••" in told
    squeezed = "".join(told.split()).casefold()
    for secret in (NIK, CARD, PHONE, PHONE[1:], "X1234567"):
        assert secret.casefold() not in squeezed
    for word in ("siti", "nurhaliza", "wibowo", "pak darto", "dewi lestari"):
        assert word not in told.casefold()


def test_an_officer_who_borrows_is_a_flag_and_no_name(village, tmp_path):
    loan = lend(village, furnish_street(village)[0])
    loan.related = "Ibu Ketua Suminah"
    village.session.flush()

    write_loan_tape(village, tmp_path / "out", on=DUE)

    assert [row["related"] for row in read(tmp_path / "out")] == ["1"]
    assert "Suminah" not in text_of(tmp_path / "out")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t="])
def test_what_looks_like_a_formula_is_made_inert(village, tmp_path, sign):
    loan = lend(village, furnish_street(village)[0])
    loan.purpose = f'{sign}cmd|"x",\n1'
    members.correct(village, loan.member, hamlet=f"{sign}Krajan")
    village.session.flush()
    said = loan.member.hamlet

    write_loan_tape(village, tmp_path / "out", on=DUE)

    (row,) = read(tmp_path / "out")
    assert row["purpose"] == exports.inert(loan.purpose) != loan.purpose
    assert row["hamlet"] == exports.inert(said)
    assert not [one for one in row.values() if one[:1] in ("=", "+", "-", "@")]


def test_the_twin_stays_out_of_the_tape(coop, tmp_path):
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        lent = busy(book)
        mine = [str(each.number) for each in lent if each.disbursed_on <= DUE]
    with found(coop.engine).open() as other:
        by_law(other, "share_arrears_to_borrow", 99)
        people = furnish_street(other, ("Rahasia",), hamlet="Sebelah")
        lend(other, people[0], 7_700_000)
    with coop.read() as book:
        write_loan_tape(book, tmp_path / "out", on=DUE, everything=True)
        rows = read(tmp_path / "out")
        assert [row["loan"] for row in rows] == mine
        assert "Sebelah" not in text_of(tmp_path / "out")
        assert "7700000" not in text_of(tmp_path / "out")


# -- read by a stranger --------------------------------------------------------------


@pytest.mark.parametrize("late", SOME_DAYS)
def test_a_stranger_finds_the_same_risk_and_the_same_classes(village, tmp_path, late):
    busy(village)
    on = DUE + late * ONE
    write_loan_tape(village, tmp_path / "out", on=on, everything=True)
    rows = read(tmp_path / "out")

    for days in baddebts.PAR_DAYS:
        risk = baddebts.assess(village, on).at_risk(days)
        assert reader.at_risk(rows, days) == (
            *(risk.count, risk.outstanding.units),
            risk.share,
        )
    now = baddebts.assess(village, on)
    told = {row.loan_class: row for row in now.by_class() if row.count}
    assert reader.class_counts(rows) == {
        name: (row.count, row.outstanding.units) for name, row in told.items()
    }
    for policy in POLICIES:
        other = baddebts.assess(village, on, policy=policy)
        counts = reader.class_counts(rows, f"class_{policy}")
        assert counts == {
            row.loan_class: (row.count, row.outstanding.units)
            for row in other.by_class()
            if row.count
        }
    parts = baddebts.broken_down(village, now, By.OFFICER)
    assert {part.name: part.count for part in parts} == {
        name: sum(row["officer"] == name for row in reader.running(rows))
        for name in {row["officer"] for row in reader.running(rows)}
    }


@pytest.mark.parametrize("late", SOME_DAYS)
def test_a_stranger_reckons_each_class_again_from_its_days(village, tmp_path, late):
    busy(village)
    write_loan_tape(village, tmp_path / "out", on=DUE + late * ONE)

    own = [row for row in read(tmp_path / "out") if reader.own_days(row)]
    assert own
    for row in own:
        for policy in ("bank5", "lkm3", "pearls"):
            assert row[f"class_{policy}"] == reader.reckoned(row, policy)
        kukm = reader.reckoned(row, "kukm")
        assert row["class_kukm"] == (kukm or row["class_kukm"])
        if kukm is None:
            assert row["class_kukm"] in ("doubtful", "loss")


def test_the_worst_loan_of_a_member_marks_the_others_on_the_tape_too(village, tmp_path):
    lent = busy(village)
    by_law(village, "worst_marks_all", 1)
    on = DUE + 200 * ONE

    write_loan_tape(village, tmp_path / "out", on=on)

    rows = {int(row["loan"]): row for row in read(tmp_path / "out")}
    first, later = rows[lent[0].number], rows[lent[-1].number]
    assert first["member"] == later["member"]
    assert later["reason"] == "worst"
    assert later["class"] == first["class"]


def test_what_was_judged_of_a_loan_tells_its_class_to_a_stranger(village, tmp_path):
    lent = busy(village)
    at_court, saved = lent[1].number, lent[0].number
    on = DUE + 60 * ONE
    baddebts.judge(
        *(village, lent[1], Judging.HANDED_OVER),
        on=on - ONE,
        reason="alamat palsu",
        reference="Pengadilan, atas nama Tuti",
    )
    baddebts.judge(
        *(village, lent[0], Judging.SALVAGEABLE),
        on=on,
        reason="usaha jalan lagi",
        decision_number=decided(village, on),
    )

    for name, day in (("before", on - 2 * ONE), ("after", on)):
        write_loan_tape(village, tmp_path / name, on=day)

    before, rows = (
        {int(row["loan"]): row for row in read(tmp_path / name)}
        for name in ("before", "after")
    )
    assert before[at_court]["handed_over"] == "0" == before[saved]["salvageable"]
    flags = {
        number: (row["handed_over"], row["salvageable"]) for number, row in rows.items()
    }
    assert flags.pop(at_court) == ("1", "0")
    assert flags.pop(saved) == ("0", "1")
    assert set(flags.values()) == {("0", "0")}
    row = rows[at_court]
    assert (row["days_past_due"], row["reason"]) == ("0", "handed_over")
    assert row["class"] == "loss" == reader.reckoned(row, "kukm")
    assert row["class_bank5"] == "current" == reader.reckoned(row, "bank5")
    assert row["allowance"] == row["principal_outstanding"]
    assert "Pengadilan" not in text_of(tmp_path / "after"), "papers name people"


def test_savings_that_are_held_stand_in_the_cover(village, tmp_path):
    people = furnish_street(village)
    loan, account = lend(village, people[0]), voluntary_of(village, people[0])
    twice = loan.principal + loan.principal
    savings.deposit(village, account, twice, on=FIRST_DAY)
    security.hold_own(village, loan, account, twice, on=FIRST_DAY)
    on = months_after(DUE, 6) + ONE

    write_loan_tape(village, tmp_path / "out", on=on)

    (row,) = read(tmp_path / "out")
    assert row["cover"] == row["principal_outstanding"] == str(loan.principal.units)
    assert (row["allowance"], row["class"]) == ("0", "doubtful")
