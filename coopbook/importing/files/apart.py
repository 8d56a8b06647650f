"""Read a workbook with calamine, as a program of its own: bytes in, cells out.

The reader sets memory aside for whatever a file claims, and a claim it cannot meet
ends the whole process; another claim can keep it counting for hours.  So it runs apart
(``spreadsheets`` starts it), within limits, and nothing of the book is at hand here:
this file imports nothing of it.  What it writes is ``marshal``, dates as their parts.
"""

import io
import marshal
import sys
from datetime import date, datetime, time, timedelta

LOCKED, BROKEN = 3, 4
"""What the process ends with where it cannot read the file."""

MOST_MEMORY = 1_500_000_000
"""Bytes of address space, most of which is never touched."""


def limit() -> None:
    """Let the system refuse memory beyond the limit, where it knows how to."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of whoever started this remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(cell: object) -> object:
    """Return a cell as something ``marshal`` writes; moments become tuples."""
    if isinstance(cell, datetime):
        return ("datetime", cell.isoformat())
    if isinstance(cell, date):
        return ("date", cell.isoformat())
    if isinstance(cell, time):
        return ("time", cell.isoformat())
    if isinstance(cell, timedelta):
        return ("span", cell.days, cell.seconds, cell.microseconds)
    return cell


def sheets(data: bytes) -> list[tuple[int, str, list[list[object]]]]:
    """Return the visible sheets: the place of each in the file, its name, its rows."""
    import python_calamine

    made = []
    with python_calamine.load_workbook(io.BytesIO(data)) as book:
        for index, about in enumerate(book.sheets_metadata):
            if (
                about.typ == python_calamine.SheetTypeEnum.WorkSheet
                and about.visible == python_calamine.SheetVisibleEnum.Visible
            ):
                sheet = book.get_sheet_by_name(about.name)
                rows = sheet.to_python(skip_empty_area=False)
                made.append((index, about.name, [[*map(plain, row)] for row in rows]))
    return made


def main() -> int:
    """Read a workbook from the standard input; write its sheets to the output.

    The one argument is the folder that holds the reader: nothing else is looked for.
    """
    sys.path.append(sys.argv[1])
    data = sys.stdin.buffer.read()
    limit()
    try:
        read = sheets(data)
    except BaseException as broken:  # a panic of the reader descends from no Exception
        return LOCKED if type(broken).__name__ == "PasswordError" else BROKEN
    sys.stdout.buffer.write(marshal.dumps(read))
    return 0


if __name__ == "__main__":
    sys.exit(main())
