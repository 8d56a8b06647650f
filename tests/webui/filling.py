"""What the sample book of the browser tests holds, desk by desk."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from decimal import Decimal

from coopbook import (
    archive,
    decisions,
    loans,
    members,
    orders,
    proxies,
    savings,
    settlement,
)
from coopbook.archive import ScanKind
from coopbook.book import Book
from coopbook.decisions import DecisionBody
from coopbook.members import Member, MemberStatus, Relation
from coopbook.money import Money
from coopbook.proxies import ProxyKind
from coopbook.settlement import Settlement
from tests.conftest import FIRST_DAY, TODAY, as_


def png(width: int = 36, height: int = 48, colour: bytes = b"\x1e\x6b\x52") -> bytes:
    """Return a small picture of one colour that every browser can draw."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\x00" + colour * width) * height
    body = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def paid_in(book: Book, name: str, saved: int = 0, **about: object) -> Member:
    """Admit somebody who pays the principal share, and saves a little."""
    who = members.admit(book, name, on=FIRST_DAY, **about)  # type: ignore[arg-type]
    kind = savings.product(book, "principal")
    share = savings.open_account(book, who, kind)
    savings.deposit(book, share, savings.principal_share(book)(TODAY), on=TODAY)
    if saved:
        own = savings.open_account(book, who, savings.product(book, "voluntary"))
        savings.deposit(book, own, Money(saved), on=TODAY)
    return who


def left(book: Book, who: Member, cause: MemberStatus, on: date = TODAY) -> Settlement:
    """Begin the leaving of a member."""
    return settlement.begin(book, who, cause, on=on, reason="Pindah ke kota lain")


def fill_members(book: Book) -> dict[str, int]:
    """Give Siti (1) a family, a house, a proxy, papers; let others leave.

    Returns the numbers of members by how they stand: ``suspended``, ``begun``,
    ``payable``, ``settled``, ``died`` and ``twin``, who looks like Siti.
    """
    siti = members.member(book, 1)
    with as_(book, "budi"):
        board = decisions.enter_decision(
            book,
            body=DecisionBody.BOARD,
            title="Anggota yang lama tidak membayar",
            text="Diberhentikan sementara.",
            on=TODAY,
        )
    _a_whole_person(book, siti)
    twin = members.admit(
        book, "Hj. Siti Aminah", on=TODAY, national_id="3201014101900001"
    )
    suspended = paid_in(book, "Joko Susilo", 50_000, hamlet="Krajan RT 2")
    members.change_standing(
        *(book, suspended, MemberStatus.SUSPENDED),
        on=TODAY,
        reason="Tiga bulan tidak membayar",
        decision=board,
        until=date(2026, 6, 30),
    )
    begun = paid_in(book, "Wagiman", 750_000)
    left(book, begun, MemberStatus.RESIGNED)
    died = paid_in(book, "Mbah Karto", 300_000)
    for name, share in (("Sri Karto", 60), ("Bambang Karto", 40)):
        members.add_beneficiary(
            *(book, died, name), relation=Relation.CHILD, share=share, on=FIRST_DAY
        )
    left(book, died, MemberStatus.DECEASED)
    payable = paid_in(book, "Tukiyem", 400_000)
    row = left(book, payable, MemberStatus.RESIGNED)
    settlement.settle(book, row, on=TODAY, set_off=True)
    settled = paid_in(book, "Ngatini", 200_000)
    row = left(book, settled, MemberStatus.RESIGNED)
    settlement.settle(book, row, on=TODAY, set_off=True)
    (payee,) = settlement.payees(book, row)
    settlement.pay_out(book, row, payee, on=TODAY)
    return {
        "suspended": suspended.number,
        "begun": begun.number,
        "died": died.number,
        "payable": payable.number,
        "settled": settled.number,
        "twin": twin.number,
    }


def _a_whole_person(book: Book, siti: Member) -> None:
    members.correct(
        book,
        siti,
        born_on=date(1990, 1, 1),
        hamlet="Krajan RT 3",
        village="Sindang",
        region_code="32.12.16",
        occupation="Pedagang",
        source_of_funds="Warung",
        risk=members.Risk.LOW,
        phone="081234567890",
    )
    harun = paid_in(book, "Harun Wijaya", hamlet="Krajan RT 3")
    members.add_kin(book, siti, Relation.SPOUSE, other=harun)
    members.add_kin(book, siti, Relation.CHILD, name="Dewi kecil")
    house = members.set_household(book, siti, name="Rumah Harun")
    members.set_household(book, harun, household=house.number)
    members.add_beneficiary(
        *(book, siti, "Dewi Wijaya"), relation=Relation.CHILD, share=70, on=TODAY
    )
    subject = f"member:{siti.number}"
    for kind, colour in (
        (ScanKind.PHOTO, b"\x1e\x6b\x52"),
        (ScanKind.SPECIMEN, b"\xe0\xa1\x1b"),
        (ScanKind.PROXY, b"\x2b\x6c\x99"),
    ):
        scan = archive.keep(
            *(book, subject, kind),
            name=f"{kind.value}.png",
            media_type="image/png",
            content=png(colour=colour),
            on=TODAY,
        )
    power = proxies.enter_proxy(
        *(book, siti, "Harun Wijaya"),
        kind=ProxyKind.POWER,
        relation=Relation.SPOUSE,
        accounts=[2],
        on=TODAY,
        valid_until=date(2026, 12, 31),
        monthly_limit=Money(500_000),
        paper="SK/12/III/2026",
        scan=scan.number,
    )
    used = savings.withdraw(book, savings.account(book, 2), Money(10_000), on=TODAY)
    proxies.note_use(book, power, used, Money(10_000))


# -- savings at the counter ------------------------------------------------------

HAMLETS = ("Dusun Melati", "Krajan RT 2")
SAVERS = 46
JOINED = date(2026, 2, 2)
"""The first day of a month that is open in the sample book."""


def saver(book: Book, name: str, hamlet: str, *, on: date = JOINED) -> Member:
    """Admit a member with all three kinds of savings, and nothing on the last two."""
    who = members.admit(book, name, on=on, hamlet=hamlet)
    share = savings.product(book, "principal")
    savings.deposit(
        *(book, savings.open_account(book, who, share, on=on)),
        savings.principal_share(book)(on),
        on=on,
    )
    for code in ("mandatory", "voluntary"):
        savings.open_account(book, who, savings.product(book, code), on=on)
    return who


def fill_counter(book: Book) -> dict[str, int]:
    """Fill two hamlets with savers, months, a plan, an exemption, orders, rounds.

    Returns numbers: ``behind`` owes and has a plan, ``abroad`` is exempt, ``ahead``
    has paid months to come; ``round`` is an entry, ``member`` the one who is Siti.
    """
    siti = members.member(book, 1)
    people = [
        saver(book, f"Penabung Desa {number:02d}", HAMLETS[number % 7 == 0])
        for number in range(1, SAVERS + 1)
    ]
    behind, abroad, ahead = people[0], people[1], people[2]
    mandatory = {
        one.number: savings.account_for(book, one, "mandatory") for one in people
    }
    for place, amount in ((2, 200_000), (3, 50_000), (4, 30_000)):
        account = mandatory[people[place].number]
        assert account is not None
        savings.deposit(book, account, Money(amount), on=TODAY)
    savings.agree_plan(book, behind, months=2, on=TODAY, note="Setelah panen")
    with as_(book, "budi"):
        decision = decisions.enter_decision(
            *(book,),
            body=DecisionBody.BOARD,
            title="Bebas simpanan wajib selama di luar negeri",
            text="Berlaku selama kontrak kerja.",
            on=TODAY,
        )
    savings.exempt(
        *(book, abroad),
        first_month=202602,
        last_month=202604,
        reason="Bekerja di Taiwan",
        decision=decision,
    )
    share = savings.open_account(book, siti, savings.product(book, "mandatory"))
    _an_order_with_runs(book)
    _sent_home(book, siti, share)
    gave = []
    for one in people[5:9]:
        account = mandatory[one.number]
        assert account is not None
        gave.append(savings.Collected(account, Money(50_000)))
    entry = savings.collect(
        *(book, gave), on=TODAY, hamlet=HAMLETS[0], collector="Rina", field_cash=True
    )
    savings.set_goal(
        *(book, savings.account(book, 2), "Modal warung", Money(2_500_000)),
        on=TODAY,
        wanted_by=date(2026, 12, 31),
    )
    return {
        "member": siti.number,
        "behind": behind.number,
        "abroad": abroad.number,
        "ahead": ahead.number,
        "round": entry.number,
        "share": share.number,
    }


def _an_order_with_runs(book: Book) -> None:
    """Let Siti's loan be paid out of her savings, and run it today."""
    running = [
        one for one in loans.loans_of(book, members.member(book, 1)) if one.disbursed_on
    ]
    if running:
        orders.order(book, running[0], savings.account(book, 2), on=TODAY)
        orders.run(book, TODAY)


def _sent_home(book: Book, siti: Member, share: savings.SavingsAccount) -> None:
    """Take in a remittance from Hong Kong, split over two purposes."""
    product = savings.offer(book, "remittance", on=TODAY)
    sent = savings.open_account(book, siti, product)
    savings.remit(
        *(book, siti),
        [
            savings.Purpose(sent, Money(2_000_000), "Rumah"),
            savings.Purpose(share, Money(25_000), "Simpanan wajib Januari"),
        ],
        on=TODAY,
        payer="Siti Aminah, Hong Kong",
        reference="BRI 7788",
        sent=savings.foreign("HKD", Decimal("1008.50"), Decimal("2034.5")),
    )
