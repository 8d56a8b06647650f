"""Write sheets as the containers do for which there is no writer at hand.

``old_workbook`` is an .xls ([MS-CFB], [MS-XLS]) and ``open_document`` an .ods, each
with as little in it as a reader needs; ``page`` is a table in HTML.
"""

import html
import io
import struct
import zipfile
from datetime import date

import xlsxwriter

FREE, END, TABLE = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
SECTOR = 512


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def cell_record(row, column, cell):
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, date):
        cell = cell.strftime("%d/%m/%Y")
    if isinstance(cell, str):
        raw = cell.encode("utf-16-le")
        return record(0x204, place + struct.pack("<HB", len(raw) // 2, 1) + raw)
    return record(0x203, place + struct.pack("<d", cell))


def records(rows, *, dimension=None, extra=b"", before=b""):
    """Return the stream of a workbook with one sheet."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)
    sheet = record(0x809, begin[:2] + struct.pack("<H", 0x10) + begin[4:])
    tall, wide = dimension or (len(rows), max(map(len, rows), default=0))
    sheet += record(0x200, struct.pack("<IIHHH", 0, tall, 0, wide, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell not in ("", None):
                sheet += cell_record(number, column, cell)
    sheet += extra + record(0x0A)
    head = record(0x809, begin) + before + record(0x42, struct.pack("<H", 1200))
    bound = struct.pack("<IHBB", len(head) + 4 + 8 + 5 + 4, 0, 5, 0) + b"Lama1"
    return head + record(0x85, bound) + record(0x0A) + sheet


def compound(stream, name="Workbook"):
    """Put a stream into a file system of sectors."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // SECTOR)
    tables = -(-(sectors + 2) // 126)
    chain = [TABLE] * tables + [END]
    first = len(chain)
    chain += [*range(first + 1, first + sectors), END]
    chain += [FREE] * (tables * 128 - len(chain))
    entries = entry("Root Entry", 5, END, 0, child=1)
    entries += entry(name, 2, first, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, tables, 0, 4096, END, 0, END, 0)
    listed = [*range(tables), *[FREE] * (109 - tables)]
    header += struct.pack("<109I", *listed)
    return (
        header
        + struct.pack(f"<{len(chain)}I", *chain)
        + entries.ljust(SECTOR, b"\0")
        + stream.ljust(sectors * SECTOR, b"\0")
    )


def entry(name, kind, first, size, child=FREE):
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def old_workbook(*rows, **options):
    """Return the bytes of an .xls with these rows; dates become words."""
    return compound(records(rows, **options))


ODS = "urn:oasis:names:tc:opendocument:xmlns:"
ODS_TOP = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    f'xmlns:office="{ODS}office:1.0" xmlns:table="{ODS}table:1.0" '
    f'xmlns:text="{ODS}text:1.0"><office:body><office:spreadsheet>'
)
ODS_END = "</office:spreadsheet></office:body></office:document-content>"
SHEET_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_cell(cell, more=""):
    if cell in ("", None):
        return f"<table:table-cell{more}/>"
    if isinstance(cell, date):
        said = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, str):
        said = 'office:value-type="string"'
    else:
        said = f'office:value-type="float" office:value="{cell!r}"'
    words = f"<text:p>{html.escape(str(cell))}</text:p>"
    return f"<table:table-cell {said}{more}>{words}</table:table-cell>"


def open_document(*rows, body="", manifest="", mimetype=SHEET_TYPE, before=""):
    """Return the bytes of an .ods with these rows, or with a body written by hand."""
    lines = (
        f"<table:table-row>{''.join(map(ods_cell, row)) or '<table:table-cell/>'}"
        "</table:table-row>"
        for row in rows
    )
    body = body or f'<table:table table:name="Satu">{"".join(lines)}</table:table>'
    content = ODS_TOP.replace("?><office", f"?>{before}<office") + body + ODS_END
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{ODS}manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{mimetype}">{manifest}</manifest:file-entry>'
            "</manifest:manifest>",
        )
    return memory.getvalue()


def page(*rows, encoding="utf-8"):
    """Return the bytes of a page with these rows as one table."""
    cells = (
        "".join(f"<td>{html.escape(str('' if c is None else c))}</td>" for c in row)
        for row in rows
    )
    lines = "".join(f"<tr>{row}</tr>\n" for row in cells)
    made = f"<html><body><table border=1>\n{lines}</table></body></html>"
    return made.encode(encoding)


def merged_page(rows, merged):
    """Return the bytes of a page whose cells are merged by spans.

    ``merged`` are first row, first column, last row, last column and words.
    """
    spans = {(top, left): (bottom, right) for top, left, bottom, right, _ in merged}
    hidden = {
        (row, column)
        for (top, left), (bottom, right) in spans.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    lines = []
    for number, row in enumerate(rows):
        line = "<tr>"
        for column, cell in enumerate(row):
            if (number, column) in hidden:
                continue
            bottom, right = spans.get((number, column), (number, column))
            line += f"<td rowspan={bottom - number + 1} colspan={right - column + 1}>"
            line += html.escape(str(cell))
        lines.append(line)
    return f"<html><table>{chr(10).join(lines)}</table></html>".encode()


def written(lines, merged, container):
    """Write lines of cells in a container: ``csv ';' utf-8``, ``xlsx``, ``html``."""
    width = max(map(len, lines))
    lines = [[*line, *[""] * (width - len(line))] if line else [] for line in lines]
    if container == "xlsx":
        return _xlsx(lines, merged)
    if container == "html":
        return merged_page(lines, merged)
    if container == "xls":
        return old_workbook(*lines)
    if container == "ods":
        return open_document(*lines)
    _, _, rest = container.partition(" ")
    quoted, encoding = rest.rsplit(" ", 1)
    return _csv(lines, quoted[1:-1].replace("\\t", "\t")).encode(encoding)


def _csv(lines, separator):
    def cell(value):
        words = str(value)
        if separator in words or '"' in words:
            return '"' + words.replace('"', '""') + '"'
        return words

    return "".join(separator.join(map(cell, line)) + "\r\n" for line in lines)


def _xlsx(lines, merged):
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    sheet = book.add_worksheet("Data")
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            if cell == "#REF!":
                sheet.write_formula(number, column, "=A1", None, "#REF!")
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell) if cell else None
            else:
                sheet.write(number, column, cell)
    for top, left, bottom, right, words in merged:
        if (top, left) != (bottom, right):
            sheet.merge_range(top, left, bottom, right, words)
    book.close()
    return memory.getvalue()
