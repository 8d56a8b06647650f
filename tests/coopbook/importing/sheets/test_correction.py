"""What a person corrects goes before every guess, and is kept for next month."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.importing.files.reading import Sheet, Workbook
from coopbook.importing.sheets.correction import (
    Layout,
    NoSuchColumn,
    NoSuchHeading,
    NoSuchRow,
    NoSuchSheet,
    NotALayout,
)
from coopbook.importing.sheets.layout import describe, propose, propose_all

from .test_places import CARD, CARD_ROWS, CARD_TOP, LIST, numbers, reasons, sheet


def book(*rows, name=""):
    return Workbook([sheet(*rows, name=name)])


ODD = book(["Siapa", "Apa", "Nama"], ["Siti", 10, "x"], ["Tono", 20, "y"])


def test_columns_are_found_by_the_headings_and_letters_a_person_names():
    for said in ("Apa", "b", "=B"):
        found = propose(
            ODD, LIST, Layout(columns={"name": "siapa", "paid": said, "total": ""})
        )

        assert {c.key: c.letter for c in found.columns} == {"name": "A", "paid": "B"}
        assert found.rows[0].cells == {"name": "Siti", "paid": 10}


def test_a_heading_goes_before_a_letter_and_a_sign_before_both():
    rows = book(["B", "Nama", "Bayar"], [1, "Siti", 10])

    by_heading = propose(rows, LIST, Layout(columns={"total": "B"}))
    by_letter = propose(rows, LIST, Layout(columns={"name": "=B"}))

    assert {c.key: c.index for c in by_heading.columns}["total"] == 0
    assert {c.key: c.index for c in by_letter.columns}["name"] == 1


def test_a_sheet_without_headings_is_read_by_letters_alone():
    found = propose(
        book(["Siti", 10], ["Tono", 20]),
        LIST,
        Layout(headings=(), columns={"name": "A", "paid": "B"}),
    )

    assert found.headings == ()
    assert numbers(found.rows) == [1, 2]


def test_rows_are_left_out_and_taken_as_a_person_says():
    rows = book(["Nama", "Bayar"], ["Siti", 10], ["Jumlah", 20], ["Tono", 5])

    found = propose(rows, LIST, Layout(skip=(2, 99), take=(3,)))

    assert numbers(found.rows) == [3, 4]
    assert reasons(found) == {2: "left out by hand"}


def test_the_rows_of_headings_are_where_a_person_says():
    rows = book(["Nama", "Bayar"], ["Siti", 10], ["Nama", "Bayar"], ["Tono", 5])

    found = propose(rows, LIST, Layout(headings=(3,)))

    assert numbers(found.rows) == [4]
    assert set(reasons(found).values()) == {"above the headings"}


@pytest.mark.parametrize(
    ("layout", "refusal", "there"),
    [
        (Layout(sheet="Mei"), NoSuchSheet, "April"),
        (Layout(headings=(9,)), NoSuchRow, "2"),
        (Layout(columns={"paid": "Setor"}), NoSuchHeading, "Bayar"),
        (Layout(columns={"paid": "ZZ"}), NoSuchHeading, "Bayar"),
        (Layout(columns={"loan": "Bayar"}), NoSuchColumn, "paid"),
    ],
)
@pytest.mark.parametrize("way", [propose, propose_all])
def test_a_layout_that_does_not_fit_is_refused_with_what_is_there(
    way, layout, refusal, there
):
    with pytest.raises(refusal) as refused:
        way(book(["Nama", "Bayar"], ["Siti", 10], name="April"), LIST, layout)

    assert there in str(refused.value)


def test_next_month_the_columns_may_have_moved():
    layout = describe(
        propose(ODD, LIST, Layout(columns={"name": "Siapa", "paid": "Apa"}))
    )
    moved = book(["MEI"], [], ["Apa", "Siapa"], [7, "Wati"])

    assert layout.headings is None
    assert propose(moved, LIST, layout).rows[0].cells["paid"] == 7


def test_each_of_several_cards_is_described_with_its_sheet():
    cards = [sheet(*CARD_TOP, *CARD_ROWS, name=name) for name in ("Tri", "Puji")]
    found = propose_all(Workbook(cards), CARD)

    assert [describe(proposal).sheet for proposal in found] == [None, None]
    first = propose(Workbook(cards), CARD)
    assert describe(first).sheet == "Tri"


layouts = st.builds(
    Layout,
    sheet=st.none() | st.text(),
    headings=st.none() | st.lists(st.integers(1, 99)).map(tuple),
    columns=st.dictionaries(st.text(), st.text()),
    skip=st.lists(st.integers()).map(tuple),
    take=st.lists(st.integers()).map(tuple),
)


@given(layouts)
def test_a_layout_is_kept_and_read_again(layout):
    assert Layout.from_json(layout.to_json()) == layout


@pytest.mark.parametrize(
    "other", ["", "[]", "7", '{"skip": ["a"]}', '{"columns": 3}', "[" * 100_000]
)
def test_what_is_no_layout_is_refused(other):
    with pytest.raises(NotALayout):
        Layout.from_json(other)


words = st.sampled_from(
    [
        *("", "Nama", "Bayar", "Jumlah", "JUMLAH", "Simpanan", "Pokok", "Wajib", "A"),
        *("Tanggal", "Saldo Pinjaman", "=B", "Pembayaran", "Pinjaman", "Jasa"),
    ]
)
cells = st.one_of(words, words, st.sampled_from([3, 5, "Siti", "1/2/2023"]))


@given(
    st.lists(st.lists(cells, max_size=6), min_size=1, max_size=8),
    st.sampled_from([CARD, LIST]),
)
def test_a_described_proposal_is_proposed_again(rows, shape):
    top = [
        ["Nama", "Bayar", "Jumlah"],
        ["Tanggal", "Simpanan", "", "Saldo Pinjaman"],
        ["", "Pokok", "Wajib"],
    ]
    made = Workbook(
        [
            Sheet("x", [*rows, *top, ["1/2/2023", 5, 5, 5], ["Siti", 1, 1]]),
            Sheet("y", [["Nama"]]),
        ]
    )
    found = propose(made, shape)

    again = propose(made, shape, describe(found))

    assert dataclasses.replace(again, layout=None) == found
    assert describe(again) == describe(found)
