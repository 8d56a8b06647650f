"""The book of members as a file: whole, inert, and without identity numbers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from coopbook import members, settlement
from coopbook.exports import ListFormat, Style, write_members
from coopbook.importing import files
from coopbook.importing.kinds.registers import understand_members
from coopbook.members import MemberStatus
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


def test_nobody_of_the_neighbour_is_in_it(engine, coop, tmp_path):
    neighbour = found(engine, 10)
    with neighbour.open() as other:
        members.admit(other, "Tetangga Rahasia", on=FIRST_DAY)

    with coop.read() as book:
        write_members(book, tmp_path / "buku.csv", "csv", style=Style())

    assert "Tetangga" not in (tmp_path / "buku.csv").read_text(encoding="utf-8")
