"""The book of members as a file: whole, inert, and without identity numbers."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from coopbook import decisions, ledger, members, settlement
from coopbook.decisions import DecisionBody
from coopbook.exports import ListFormat, Style, write_members
from coopbook.importing import files
from coopbook.importing.kinds.member_list import (
    LeftBefore,
    LeftHow,
    PlaceLeftOut,
    StillBelongs,
    StillLeaving,
    understand_members,
)
from coopbook.importing.kinds.registry import Kind
from coopbook.importing.registering import doubtful, register
from coopbook.importing.rules import NotYet
from coopbook.members import MemberStatus, Risk
from coopbook.members.listing import book_of_members, every_line
from tests.conftest import FIRST_DAY, TODAY, found

NIK, CARD, PASSPORT, PHONE = (
    *("3201014101900001", "3201010101900009"),
    *("X1234567", "081234567890"),
)


def furnish(book) -> None:
    """Give Siti everything a register keeps; let Ani leave."""
    members.correct(
        *(book, members.member(book, 1)),
        family_card_no=CARD,
        passport_no=PASSPORT,
        phone=PHONE,
        born_on=FIRST_DAY.replace(year=1990),
        occupation="Pedagang",
        hamlet="Krajan RT 3",
        village="Sindang",
        address="=HYPERLINK(1)",
    )
    ani = members.member(book, 2)
    settlement.begin(book, ani, MemberStatus.RESIGNED, on=TODAY, reason="+pindah")


def rows_of(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def test_everybody_has_a_line_with_when_and_why_it_ended(book, tmp_path):
    furnish(book)

    count = write_members(book, tmp_path / "buku.csv", "csv")

    siti, ani = rows_of(tmp_path / "buku.csv")
    assert count == 2
    assert siti["Nama"] == "Siti Aminah"
    assert (siti["Dusun"], siti["Pekerjaan"]) == ("Krajan RT 3", "Pedagang")
    assert (siti["Anggota Sejak"], siti["Tanggal Berakhir"]) == ("2026-01-01", "")
    assert (ani["Anggota Sejak"], ani["Tanggal Berakhir"]) == ("", "2026-03-16")
    assert ani["Sebab Berakhir"] not in ("", "resigned")


@pytest.mark.parametrize("form", ListFormat)
def test_no_identity_number_leaves_the_book_in_full(book, tmp_path, form):
    furnish(book)
    path = tmp_path / f"buku.{form.value}"

    write_members(book, path, form)

    if form is ListFormat.XLSX:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        said = repr(sheet.to_python())
    else:
        said = path.read_text(encoding="utf-8-sig")
    assert "3201••••••••0001" in said
    for secret in (NIK, CARD, PASSPORT, PHONE, PHONE[1:]):
        assert secret not in said


@pytest.mark.parametrize("form", ListFormat)
def test_what_looks_like_a_formula_is_made_inert(book, tmp_path, form):
    furnish(book)
    path = tmp_path / f"buku.{form.value}"

    write_members(book, path, form)

    if form is ListFormat.XLSX:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        cells = [cell for row in sheet.to_python() for cell in row]
    else:
        cells = [cell for row in rows_of(path) for cell in row.values()]
    assert "'=HYPERLINK(1)" in cells
    assert "'+pindah" in cells
    assert not [one for one in cells if str(one)[:1] in ("=", "+", "-", "@")]


def test_somebody_taken_back_has_no_end(book):
    furnish(book)
    ani = members.member(book, 2)
    row = settlement.settlement_of(book, ani)
    settlement.take_back(book, row, on=TODAY, reason="tetap anggota")

    _siti, line = book_of_members(book)

    assert (line.ended_on, line.ended_by, line.why_ended) == (None, None, "")
    assert line.earlier == ()


def test_somebody_settled_keeps_the_day_and_reason_of_leaving(book):
    furnish(book)
    row = settlement.settlement_of(book, members.member(book, 2))
    settlement.settle(book, row, on=TODAY, set_off=False)

    _siti, line = book_of_members(book)

    assert line.status is MemberStatus.SETTLED
    assert (line.ended_by, line.why_ended) == (MemberStatus.RESIGNED, "+pindah")


def test_a_long_book_is_read_in_parts_without_a_gap(book):
    for number in range(7):
        members.admit(book, f"Anggota {number}", on=FIRST_DAY)

    pages = [book_of_members(book, after=after, limit=4) for after in (0, 4, 8)]

    assert [[one.number for one in page] for page in pages] == [
        *([1, 2, 3, 4], [5, 6, 7, 8], [9]),
    ]
    assert [one.number for one in every_line(book)] == list(range(1, 10))


@pytest.mark.parametrize("form", ListFormat)
def test_the_import_of_members_reads_the_file_again(book, tmp_path, form):
    furnish(book)
    path = tmp_path / f"buku.{form.value}"
    write_members(book, path, form)

    seen = understand_members(files.read(path))

    siti, ani = seen.movements
    assert not seen.not_understood and not seen.breaks
    assert (siti.reference, siti.name, siti.on) == ("1", "Siti Aminah", FIRST_DAY)
    assert siti.born_on == FIRST_DAY.replace(year=1990)
    assert (siti.hamlet, siti.occupation) == ("Krajan RT 3", "Pedagang")
    assert (siti.village, siti.numbers) == ("Sindang", ())
    assert ani.name == "Ani Lestari"


def test_a_list_comes_back_whole_but_for_the_hidden_numbers(coop, tmp_path):
    path = tmp_path / "buku.xlsx"
    kept = (
        *("name", "born_on", "hamlet", "village", "occupation", "joined_on"),
        *("region_code", "village_code", "risk", "source_of_funds"),
    )
    with coop.open() as book:
        furnish(book)
        siti = members.member(book, 1)
        members.correct(
            *(book, siti),
            region_code="32.12.16",
            village_code="32.12.16.2004",
            risk=Risk.HIGH,
            source_of_funds="+kiriman",
        )
        of_ani = settlement.settlement_of(book, members.member(book, 2))
        settlement.settle(book, of_ani, on=TODAY, set_off=False)
        write_members(book, path, "xlsx")
        before = [getattr(siti, name) for name in kept]

    seen = understand_members(files.read(path))
    assert not seen.not_understood
    with found(coop.engine, bare=True).open("budi") as other:
        assert register(other, Kind.MEMBERS, seen.movements) == 2
        one, two = members.register(other)

        assert [getattr(one, name) for name in kept] == before
        assert one.status is MemberStatus.PROSPECTIVE
        assert two.status is MemberStatus.SETTLED
        line = book_of_members(other)[1]
        assert (line.ended_on, line.ended_by) == (TODAY, MemberStatus.RESIGNED)
        assert line.why_ended == "+pindah"


def test_a_settlement_taken_back_leaves_the_day_of_leaving_as_it_was(book):
    siti, later = members.member(book, 1), TODAY + timedelta(days=2)
    row = settlement.begin(book, siti, MemberStatus.RESIGNED, on=TODAY, reason="x")
    entry = settlement.settle(book, row, on=TODAY, set_off=False)
    for payee in settlement.payees(book, row):
        paid = settlement.pay_out(book, row, payee, on=TODAY)
    ledger.reverse(book, paid, on=later, reason="keliru")
    ledger.reverse(book, entry, on=later, reason="keliru")

    line = book_of_members(book)[0]
    assert (line.status, line.ended_on) == (MemberStatus.RESIGNED, TODAY)
    settlement.take_back(book, row, on=later, reason="tetap")
    line = book_of_members(book)[0]
    assert (line.ended_on, line.earlier) == (None, ())


def test_who_came_back_has_the_earlier_membership_beside_the_new(book, tmp_path):
    furnish(book)
    ani = members.member(book, 2)
    settlement.settle(
        book, settlement.settlement_of(book, ani), on=TODAY, set_off=False
    )
    decision = decisions.enter_decision(
        book, body=DecisionBody.BOARD, title="Kembali", text="Ya", on=TODAY
    )
    members.readmit(book, ani, on=TODAY, reason="pulang", decision=decision)

    _siti, line = book_of_members(book)

    assert line.ended_on is None
    assert line.earlier == ((TODAY, MemberStatus.RESIGNED),)
    write_members(book, tmp_path / "buku.csv", "csv")
    _siti, cells = rows_of(tmp_path / "buku.csv")
    assert cells["Keanggotaan Terdahulu"] == "sampai 16/03/2026 (Mengundurkan diri)"


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ("2026-01-05;Ani;2026-02-01;;", LeftHow),
        ("2026-01-05;Ani;;Resigned;Sudah keluar", LeftHow),
        ("2026-01-05;Ani;2026-01-04;Resigned;", LeftBefore),
    ],
)
def test_who_left_is_said_with_how_and_when(tmp_path, cells, refusal):
    path = tmp_path / "daftar.csv"
    head = "Tanggal Masuk;Nama;Tanggal Berakhir;Sebab Berakhir;Status"
    path.write_text(f"{head}\n2026-01-05;Siti;;;\n{cells}\n", encoding="utf-8")

    seen = understand_members(files.read(path))

    assert [one.name for one in seen.movements] == ["Siti"]
    assert [type(one.reason) for one in seen.not_understood] == [refusal]


def test_what_is_no_code_and_who_is_still_leaving_is_noted(tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_text(
        "Tanggal Masuk;Nama;Tanggal Berakhir;Sebab Keluar;Status;Kode Kecamatan;"
        "Kode Desa\n"
        "2026-01-05;Siti;-;-;;99.99.99;\n"
        "2026-01-05;Ani;2026-02-01;Mengundurkan diri;Mengundurkan diri;321216;"
        "32.12.17.2004\n"
        "2026-01-05;Budi;2026-02-01;Pindah;Anggota aktif;;\n",
        encoding="utf-8",
    )

    seen = understand_members(files.read(path))

    siti, ani, budi = seen.movements
    assert (siti.region_code, ani.region_code, ani.village_code) == ("", "32.12.16", "")
    assert (siti.left, ani.left, budi.left) == (None, None, None)
    assert [type(note.reason) for note in seen.notes] == [
        *(PlaceLeftOut, PlaceLeftOut, StillLeaving, StillBelongs),
    ]


@pytest.mark.parametrize(
    ("status", "cause", "left"),
    [
        ("Keluar", "Pindah", MemberStatus.RESIGNED),
        ("meninggal", "", MemberStatus.DECEASED),
        ("", "Diberhentikan", MemberStatus.EXPELLED),
        ("Sudah keluar", "Mengundurkan diri", MemberStatus.RESIGNED),
    ],
)
def test_other_lists_have_words_of_their_own(tmp_path, status, cause, left):
    path = tmp_path / "daftar.csv"
    path.write_text(
        "Tanggal Masuk;Nama;Tanggal Keluar;Sebab Keluar;Status\n"
        f"2026-01-05;Siti;;;\n2026-01-05;Ani;2026-02-01;{cause};{status}\n",
        encoding="utf-8",
    )
    _siti, ani = understand_members(files.read(path)).movements
    assert (ani.left.cause, ani.left.on.month) == (left, 2)


def test_a_leaving_to_come_is_not_entered(book, tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_text(
        "Tanggal Masuk;Nama;Tanggal Keluar;Status\n"
        "2026-01-05;Siti;;\n2026-01-05;Ani;2090-02-01;Keluar\n",
        encoding="utf-8",
    )
    seen = understand_members(files.read(path))
    breaks, _notes = doubtful(book, seen.movements)
    assert [type(one.reason) for one in breaks] == [NotYet]
    with pytest.raises(NotYet):
        register(book, Kind.MEMBERS, seen.movements)


def test_nobody_of_the_neighbour_is_in_it(engine, coop, tmp_path):
    neighbour = found(engine, 10)
    with neighbour.open() as other:
        members.admit(other, "Tetangga Rahasia", on=FIRST_DAY)

    with coop.read() as book:
        write_members(book, tmp_path / "buku.csv", "csv", style=Style())

    assert "Tetangga" not in (tmp_path / "buku.csv").read_text(encoding="utf-8")
