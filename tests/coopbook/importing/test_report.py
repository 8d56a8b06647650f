from datetime import date

from coopbook.importing import preview
from coopbook.importing.report import problems, totals, understanding

from .conftest import workbook

HEADS = ("Tanggal", "No Anggota", "Jenis Simpanan", "Type", "Jumlah", "Kota")
DAY = date(2022, 1, 4)


def test_a_preview_says_what_it_understood_and_what_it_would_do(old):
    sheet = workbook(
        ("KSP MELATI",),
        HEADS,
        (DAY, 10, "pokok", "debit", 100_000, "Maros"),
        (DAY, 10, "shu", "debit", 50.6, "Maros"),
        (DAY, 10, "shu", "debit", "x", "Maros"),
        ("JUMLAH", "", "", "", 100_051),
    )
    with old.read() as book:
        looked = preview(book, "savings", sheet, today=date(2022, 1, 3))

    assert [str(told) for told in understanding(looked)] == [
        "Headings in row 2.",
        "Column A, “Tanggal”, is read as: date.",
        "Column B, “No Anggota”, is read as: member number.",
        "Column C, “Jenis Simpanan”, is read as: kind of savings.",
        "Column D, “Type”, is read as: paid in or taken out.",
        "Column E, “Jumlah”, is read as: amount.",
        "Column “Kota” is not used.",
        "Row 1 is set aside: KSP MELATI",
    ]
    assert [str(told) for told in totals(looked)] == [
        "Total of amount: the sheet says 100051, its rows add up to 100050.6.",
        "2 rows, 0 of them in the book already; 2 will be posted.",
        "1 members will be admitted.",
        "To post: 100050.6 in the sheet; 100,051 in rounded lines; "
        "0 to the rounding account; 100,051 together.",
    ]
    assert [(told.row, str(told)) for told in problems(looked)] == [
        (5, "Cell E5: “x” is not an amount. Write it like 1.250.000."),
        (
            6,
            "Cell E6: the sheet's own total is 100051, "
            "but its rows add up to 100050.6.",
        ),
        (3, "Row 3: 2022-01-04 has not come yet."),
        (4, "Row 4: 2022-01-04 has not come yet."),
    ]
