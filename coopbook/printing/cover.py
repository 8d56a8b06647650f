"""The page in front of a passbook: whose book it is, with photo and signature."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from coopbook.archive import ScanKind, latest, opened
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.i18n import N_, say
from coopbook.printing.sheet import Sheet, at_most, drawing, in_lines, points
from coopbook.savings.model import Passbook, SavingsAccount
from coopbook.savings.passbooks import SHAPES
from coopbook.savings.passbooks.rules import CODE_NAMES
from coopbook.savings.rules import PassbookPaper
from coopbook.vault import Unreadable

PHOTO = (Decimal(20), Decimal(27))
"""Room for a photo, in millimetres: an Indonesian 2 × 3 pass photo, cut to fit."""
DOTS = (400, 540)
"""How many dots of a photo are kept."""
LARGEST = 40_000_000
"""A photo of more dots than that is not unfolded."""
SIZES = {PassbookPaper.A6: 6.5, PassbookPaper.LARGE: 8.0}


@dataclass(frozen=True, slots=True)
class Cover:
    """Everything on the page in front of a book.

    ``photo`` is a PNG or JPEG picture, or nothing where none is kept.
    """

    paper: PassbookPaper
    language: str
    cooperative: str
    place: str
    registration_no: str
    kind: str
    account: int
    book: int
    member: int
    name: str
    national_id: str
    address: str
    issued_on: date
    photo: bytes | None = None


def cover_of(book: Book, account: SavingsAccount, of: Passbook) -> Cover:
    """Gather the front page of a passbook; the member's NIK is masked."""
    about, member = cooperative(book), account.member
    places = (about.village, about.district)
    homes = (member.address, member.hamlet or "", member.village)
    return Cover(
        paper=of.paper,
        language=about.language,
        cooperative=about.name,
        place=", ".join(filter(None, places)),
        registration_no=about.registration_no,
        kind=account.product.names.said(about.language),
        account=account.number,
        book=of.number,
        member=member.number,
        name=member.name,
        national_id=member.masked_national_id or "",
        address=", ".join(filter(None, homes)),
        issued_on=of.issued_on,
        photo=photo_of(book, member.number),
    )


def photo_of(book: Book, member: int) -> bytes | None:
    """Return the newest photo of a member that is a picture and can be opened."""
    kept = latest(book, f"member:{member}", ScanKind.PHOTO)
    if kept is None or book.vault is None or not kept.media_type.startswith("image/"):
        return None
    try:
        return opened(book, kept)
    except Unreadable:
        return None


def cover_pdf(cover: Cover) -> bytes:
    """Return the front page as a PDF; nothing stands on the fold.

    Above it whose book it is, below it photo, signature and what the codes mean.
    """
    shape, language = SHAPES[cover.paper], cover.language
    title = say(N_("Passbook"), language)
    about = {"title": title, "author": cover.cooperative, "language": language}
    with drawing(shape.width, shape.height, **about) as (sheet, memory):
        _whose(sheet, cover)
        _signed(sheet, cover)
        sheet.canvas.showPage()
    return memory.getvalue()


def _whose(sheet: Sheet, cover: Cover) -> None:
    shape, size, language = SHAPES[cover.paper], SIZES[cover.paper], cover.language
    left, width = shape.side + 3, shape.width - 2 * (shape.side + 3)
    step = shape.line * Decimal("0.68")
    base = shape.top + step / 2
    names = in_lines(cover.cooperative, width, size + 3.5, bold=True)
    head = size + 3.5 if len(names) == 1 else size + 1.5
    names = at_most(in_lines(cover.cooperative, width, head, bold=True), 2)
    base -= step
    for name in names:
        base += step
        sheet.text(name, left, base, size=head, width=width, bold=True, align="center")
    under = [cover.place]
    if cover.registration_no:
        number = say(N_("Registration number %(number)s"), language)
        under.append(number % {"number": cover.registration_no})
    for said in filter(None, under):
        base += step
        sheet.text(said, left, base, size=size, width=width, align="center")
    base += step / 2
    sheet.rule(left, base, width, 1)
    base += step * Decimal("1.2")
    title = f"{say(N_('Passbook'), language).upper()} {cover.book}"
    sheet.text(title, left, base, size=size + 2, width=width, bold=True, align="center")
    base += step * Decimal("0.3")
    wide, name_said = width / 3, say(N_("Name"), language)
    rows = [
        (name, at_most(in_lines(said, width - wide, size, bold=True), 2))
        for name, said in _rows(cover)
    ]
    count = sum(len(lines) for _, lines in rows)
    step = min(step, (shape.fold[0] - 1 - base) / count)
    for name, lines in rows:
        sheet.text(name, left, base + step, size=size, width=wide - 1)
        for line in lines:
            base += step
            sheet.text(
                *(line, left + wide, base),
                size=size,
                width=width - wide,
                bold=name == name_said,
            )


def _rows(cover: Cover) -> list[tuple[str, str]]:
    language = cover.language
    rows = [
        (N_("Kind of savings"), cover.kind),
        (N_("Account number"), str(cover.account)),
        (N_("Member number"), f"{cover.member:04d}"),
        (N_("Name"), cover.name),
        (N_("NIK"), cover.national_id),
        (N_("Address"), cover.address),
        (N_("Issued on"), cover.issued_on.strftime("%d/%m/%Y")),
    ]
    return [(say(name, language), said) for name, said in rows if said]


def _signed(sheet: Sheet, cover: Cover) -> None:
    """Draw the photo, the lines for two signatures, and the codes."""
    shape, size, language = SHAPES[cover.paper], SIZES[cover.paper], cover.language
    left, width = shape.side + 3, shape.width - 2 * (shape.side + 3)
    upper = shape.fold[1] + 1
    _photo(sheet, cover, left, upper)
    begins = left + PHOTO[0] + 4
    each = (width - PHOTO[0] - 8) / 2
    base = upper + PHOTO[1]
    for place, name in enumerate((N_("Member’s signature"), N_("For the cooperative"))):
        at = begins + place * (each + 4)
        sheet.rule(at, base - 4, each)
        sheet.text(
            say(name, language), at, base, size=size - 0.5, width=each, align="center"
        )
    base += shape.line
    step = shape.line * Decimal("0.68")
    note = say(N_("A thumbprint counts where somebody does not write."), language)
    sheet.text(note, left, base, size=size - 1, width=width)
    base += step * Decimal("0.4")
    column = width / 3
    for place, (code, name) in enumerate(CODE_NAMES.items()):
        row, across = divmod(place, 3)
        at = left + across * column
        line = base + (row + 1) * step
        sheet.text(code, at, line, size=size - 1, width=Decimal(6), bold=True)
        sheet.text(say(name, language), at + 6, line, size=size - 1, width=column - 7)


def _photo(sheet: Sheet, cover: Cover, left: Decimal, upper: Decimal) -> None:
    wide, high = PHOTO
    made = picture(cover.photo) if cover.photo else None
    if made is not None:
        sheet.canvas.drawImage(
            ImageReader(made),
            *(points(left), points(sheet.height - upper - high)),
            *(points(wide), points(high)),
        )
    else:
        sheet.text(
            say(N_("Photo"), cover.language),
            *(left + 1, upper + high / 2),
            size=SIZES[cover.paper],
            width=wide - 2,
            align="center",
        )
    sheet.box(left, upper, wide, high)


def picture(content: bytes) -> Image.Image | None:
    """Return a photo cut to the room it has; nothing where it is no picture.

    A photo that would unfold into too many dots is no picture either.
    """
    try:
        with Image.open(io.BytesIO(content)) as found:
            if found.width * found.height > LARGEST:
                return None
            return ImageOps.fit(found.convert("RGB"), DOTS)
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None
