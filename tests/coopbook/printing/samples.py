"""Papers to look at: a usual one of each kind, and one with everything too long.

They are in English, which needs no catalogue; pictures of them are kept.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from PIL import Image

from coopbook.money import Money, Rate
from coopbook.printing.certificate import Certificate
from coopbook.printing.cover import Cover
from coopbook.printing.slip import Slip
from coopbook.savings.passbooks import SHAPES, PassbookLine
from coopbook.savings.rules import PassbookPaper

LARGEST = Money(9_000_000_000_000)
LONG = "Siti Aminah Nurul Hidayatullah binti Haji Muhammad Abdurrahman Wahid"
WIDE = "Koperasi Simpan Pinjam Purna Pekerja Migran Melati Sejahtera Bersama"
ADDRESS = (
    "Jalan Raya Pelabuhan Ratu Kilometer Tiga Belas Nomor 143 Blok C, Dusun Krajan, "
    "Bojongjaya"
)
ON = date(2026, 3, 16)


def photo(width: int = 300, height: int = 300) -> bytes:
    """Return a photo of somebody's face, as far as a test needs one."""
    picture, out = Image.new("RGB", (width, height), (190, 200, 210)), io.BytesIO()
    picture.paste((120, 90, 70), (width // 4, height // 4, width // 2, height // 2))
    picture.save(out, "PNG")
    return out.getvalue()


def history(paper: PassbookPaper, count: int, largest: bool = False) -> tuple:
    """Return the first lines of a second book."""
    shape, balance, lines = SHAPES[paper], LARGEST if largest else Money(500_000), []
    for place in range(1, count + 1):
        amount = LARGEST if largest else Money(12_500 * place)
        out = place % 4 == 0
        if place > 1 and not largest:
            balance += -amount if out else amount
        lines.append(
            PassbookLine(
                place=place,
                page=shape.spot(place).page,
                row=shape.spot(place).row,
                booked_on=date(2026, 3, place % 28 + 1),
                code="SP" if place == 1 else "TR" if out else "ST",
                voucher="" if place == 1 else f"BKM-2026-{place:06d}",
                debit=amount if out else Money(0),
                credit=Money(0) if out or place == 1 else amount,
                balance=balance,
                initials="" if place == 1 else "RIN",
                entry_number=place,
                line_number=1,
            )
        )
    return tuple(lines)


SLIP = Slip(
    language="en",
    cooperative="Koperasi Melati",
    place="Bojongjaya, Sukabumi",
    registration_no="3201010001",
    title="Deposit slip",
    voucher="BKM-2026-000123",
    booked_on=ON,
    recorded="16/03/2026 09.14",
    member="0042 Siti Aminah",
    account="Simpanan Sukarela 7",
    payer="",
    method="cash",
    memo="Setoran simpanan sukarela 0042",
    amount=Money(1_250_000),
    parts=(),
    balances=(("Simpanan Sukarela", Money(2_590_000)),),
    out=False,
    stamp=False,
    actor="Rina Wati",
    code="7F3A-09BC",
    undone="",
    copy=0,
    seen=False,
)
LONG_SLIP = replace(
    SLIP,
    cooperative=WIDE,
    title="Disbursement receipt",
    member=f"0042 {LONG}",
    payer=f"{LONG} ({'tanpa spasi' * 9})",
    memo="Setoran simpanan sukarela " * 6,
    amount=LARGEST,
    parts=(
        ("Pinjaman Anggota - Modal Usaha", LARGEST),
        ("Pendapatan Provisi Pinjaman Anggota - Persiapan Kerja", -LARGEST),
    ),
    balances=(("Pinjaman Anggota - Persiapan Kerja Luar Negeri", LARGEST),),
    out=True,
    stamp=True,
    undone="BM-2026-000009",
    actor=LONG,
)
COVER = Cover(
    paper=PassbookPaper.A6,
    language="en",
    cooperative="Koperasi Melati",
    place="Bojongjaya, Sukabumi",
    registration_no="3201010001",
    kind="Simpanan Sukarela",
    account=7,
    book=1,
    member=42,
    name="Siti Aminah",
    national_id="3201••••••••0001",
    address="Jl. Melati 5, Bojongjaya",
    issued_on=ON,
    photo=photo(),
)
LONG_COVER = replace(
    COVER, cooperative=WIDE, name=LONG, address=ADDRESS, kind=WIDE, photo=None
)
CERTIFICATE = Certificate(
    language="en",
    serial="SB-000012",
    cooperative="Koperasi Melati",
    place="Bojongjaya, Sukabumi",
    registration_no="3201010001",
    member=42,
    name="Siti Aminah",
    amount=Money(25_000_000),
    months=12,
    rate=Rate.percent("6.5", "year"),
    opened_on=ON,
    matures_on=date(2027, 3, 16),
    rollover="Tie the principal again, pay the interest",
    pays="Every month",
    savings=7,
    heir="Budi Santoso",
    code="7F3A-09BC",
    ended_on=None,
)
LONG_CERTIFICATE = replace(
    CERTIFICATE,
    cooperative=WIDE,
    name=LONG,
    heir=LONG,
    amount=Money(8_777_777_777_777),
    ended_on=date(2026, 12, 30),
)
