"""Read the sheets of a workbook (.xlsx, .xls, .ods) with calamine.

Whoever calls has measured the file first: what is read here is held in memory whole.
"""

from __future__ import annotations

import io

import python_calamine

from coopbook.importing.files.bounds import NotASpreadsheet, TooLarge
from coopbook.importing.files.faults import faults, put_back
from coopbook.importing.files.workbook import Cell, Locked, Sheet, without_blank_end

PANIC = "PanicException"
"""What a fault inside the reader is called; it descends from ``BaseException``."""


def sheets(data: bytes) -> list[Sheet]:
    """Return the visible sheets of a workbook, in its order.

    Raises: ``Locked``, ``NotASpreadsheet`` and ``TooLarge``.
    """
    try:
        return _sheets(data)
    except python_calamine.PasswordError as locked:
        raise Locked() from locked
    except MemoryError as full:
        raise TooLarge() from full
    except (
        python_calamine.CalamineError,
        ArithmeticError,
        LookupError,
        OSError,
        ValueError,
    ) as broken:
        raise NotASpreadsheet() from broken
    except BaseException as broken:
        if type(broken).__name__ != PANIC:
            raise
        raise NotASpreadsheet() from None


def _sheets(data: bytes) -> list[Sheet]:
    found = faults(data)
    made = []
    with python_calamine.load_workbook(io.BytesIO(data)) as book:
        for index, about in enumerate(book.sheets_metadata):
            if (
                about.typ == python_calamine.SheetTypeEnum.WorkSheet
                and about.visible == python_calamine.SheetVisibleEnum.Visible
            ):
                rows = _rows(book, about.name)
                if index < len(found):
                    put_back(rows, found[index])
                made.append(Sheet(about.name, without_blank_end(rows)))
    return made


def _rows(book: python_calamine.CalamineWorkbook, name: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
        rows.append(list(row))
    return rows
