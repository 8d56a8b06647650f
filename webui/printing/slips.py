"""Slips for a printer: as a PDF, or as the bytes a thermal printer understands."""

from __future__ import annotations

from flask import Response, abort, request

from coopbook import ledger
from coopbook.printing.receipt import SlipPaper, slip_pdf
from coopbook.printing.slip import Slip, slip_of
from coopbook.printing.thermal import NARROW, WIDE, slip_bytes
from webui.desk import current_book, desk_store
from webui.printing import bp

PAPERS = frozenset(SlipPaper)


@bp.get("/receipts/<int:number>/slip.pdf")
def slip(number: int) -> Response:
    """Show a slip as a PDF; nothing is counted, and it says that it is no receipt."""
    return _pdf(_slip(number, counted=False), _paper())


@bp.post("/receipts/<int:number>/slip.pdf")
def slip_printed(number: int) -> Response:
    """Count a print and hand out the slip; every one after the first is a copy."""
    ledger.entry(current_book, number)
    paper = _paper()
    return _pdf(_slip(number, counted=True), paper)


@bp.get("/receipts/<int:number>/slip.bin")
def raw(number: int) -> Response:
    """Hand out the bytes of a slip for trying a printer; it says it is no receipt."""
    return _raw(_slip(number, counted=False), _columns())


@bp.post("/receipts/<int:number>/slip.bin")
def raw_printed(number: int) -> Response:
    """Count a print and hand out the bytes for a thermal printer."""
    ledger.entry(current_book, number)
    columns = _columns()
    return _raw(_slip(number, counted=True), columns)


def _slip(number: int, *, counted: bool) -> Slip:
    """Gather a slip; prints of every kind are counted in the one place."""
    entry, own = ledger.entry(current_book, number), current_book.cooperative_id
    if counted:
        prints = desk_store().count_print(own, number)
    else:
        prints = desk_store().prints(own, number) + 1
    return slip_of(current_book, entry, prints=prints, seen=not counted)


def _paper() -> SlipPaper:
    asked = request.args.get("paper", SlipPaper.WIDE)
    if asked not in PAPERS:
        abort(404)
    return SlipPaper(asked)


def _columns() -> int:
    asked = request.args.get("columns", str(NARROW))
    if asked not in {str(NARROW), str(WIDE)}:
        abort(404)
    return int(asked)


def _pdf(slip: Slip, paper: SlipPaper) -> Response:
    response = Response(slip_pdf(slip, paper), mimetype="application/pdf")
    name = f"{slip.voucher}-{paper}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _raw(slip: Slip, columns: int) -> Response:
    response = Response(slip_bytes(slip, columns), mimetype="application/octet-stream")
    name = f"{slip.voucher}.prn"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
