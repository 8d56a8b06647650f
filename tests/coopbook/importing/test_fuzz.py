"""Whatever a file holds, it is understood or refused in a sentence."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coopbook.errors import CoopbookError
from coopbook.importing.files.reading import Sheet, Workbook, read
from coopbook.importing.kinds import bank_book, savings_sheet

from .conftest import BANK_HEADINGS, HEADINGS, workbook

words = st.sampled_from(
    [
        *("JUMLAH", "Saldo Awal", "saldo akhir", "pokok", "shu", "setor", "kredit"),
        *("3/1/2017", "30/02/2017", "1.250.000", "1,250", "(5)", "Rp -", "-", "00160"),
        *("Tanggal", "Uraian", "Debet", "Kredit", "Saldo", "9" * 60, "0," + "1" * 39),
    ]
)
cells = st.one_of(
    *(st.none(), st.just(""), words, st.text(max_size=12), st.booleans()),
    *(st.integers(-(10**15), 10**15), st.floats(), st.dates(), st.datetimes()),
    *(st.times(), st.timedeltas(timedelta(0), timedelta(9))),
)
grids = st.lists(st.lists(cells, max_size=7), max_size=12)


@pytest.mark.parametrize(
    ("kind", "headings"), [(savings_sheet, HEADINGS), (bank_book, BANK_HEADINGS)]
)
@given(above=grids, below=grids)
def test_any_grid_is_understood_or_refused(kind, headings, above, below):
    sheet = Workbook([Sheet("x", [*above, list(headings), *below])])

    try:
        found = kind.understand(sheet)
    except CoopbookError as refusal:
        assert str(refusal)
        return
    assert found.total.lines + found.total.left == found.total.total
    assert all(str(problem) for problem in (*found.not_understood, *found.breaks))
    proposal = found.proposal
    placed = [row.number for row in proposal.rows]
    placed += [aside.number for aside in proposal.set_aside]
    placed += proposal.headings
    assert len(placed) == len(set(placed))


@given(st.binary(max_size=400))
@example(b"PK\x03\x04" + bytes(40))
@example("a;b\n\ud7ff;1".encode())
@example(b'"a;b\nc;d')
def test_any_bytes_are_read_or_refused(data):
    try:
        assert read(data).sheets
    except CoopbookError as refusal:
        assert str(refusal)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_read_or_refused(at, damage):
    whole = workbook(
        HEADINGS, *[("3/1/2017", n, "pokok", "setor", n) for n in range(9)]
    )
    start = at % len(whole)

    try:
        read(whole[:start] + damage + whole[start + len(damage) :])
    except CoopbookError as refusal:
        assert str(refusal)
