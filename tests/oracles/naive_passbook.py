"""A printed book by hand: lines counted off one by one, as a clerk with a ruler would.

Never imports coopbook.
"""

from __future__ import annotations


def walk(above: int, below: int, pages: int) -> list[tuple[int, int]]:
    """Return every page and row of a book in the order in which a pen reaches them."""
    found = []
    for page in range(1, pages + 1):
        for row in range(1, above + below + 1):
            found.append((page, row))
    return found


def books(
    moves: list[int], rows: int, pages: int
) -> list[list[tuple[int | None, int, int, int]]]:
    """Write moves into books; return what stands in each line of each book.

    A line is the move's place in the history (nothing for the balance carried over),
    page, row and the balance after it.
    """
    written: list[list[tuple[int | None, int, int, int]]] = []
    page, row, balance = 1, 0, 0
    sheet: list[tuple[int | None, int, int, int]] = []
    for number, move in enumerate(moves):
        if row == rows:
            page, row = page + 1, 0
        if page > pages:
            written.append(sheet)
            sheet, page, row = [(None, 1, 1, balance)], 1, 1
        balance, row = balance + move, row + 1
        sheet.append((number, page, row, balance))
    written.append(sheet)
    return written
