"""A list of members: who belongs, where they live, how they left; it posts nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from coopbook import regions
from coopbook.errors import Refused
from coopbook.i18n import N_, Word, say
from coopbook.importing.answers import NOTHING_SAID_YET, Answers
from coopbook.importing.files import Workbook
from coopbook.importing.kinds import columns
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.kinds.reading import WHEN, exactly, member_of, whole_sheet
from coopbook.importing.sheets.cells import destroyed, text
from coopbook.importing.sheets.days import day
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape, plain
from coopbook.importing.understood import Movement, Problem, Understood
from coopbook.members.rules import RISK_NAMES, STATUS_NAMES, MemberStatus, Risk
from coopbook.members.standing import LEFT

MEMBERS = Shape(
    columns=(
        columns.MEMBER,
        columns.NAME,
        Column(
            "national_id",
            Word(N_("NIK")),
            Reads.WORDS,
            ("NIK", "No KTP", "Nomor KTP", "Nomor Induk Kependudukan", "No NIK"),
        ),
        Column(
            "family_card_no",
            Word(N_("family card")),
            Reads.WORDS,
            ("No KK", "KK", "Nomor KK", "Kartu Keluarga"),
        ),
        Column(
            "passport_no",
            Word(N_("passport")),
            Reads.WORDS,
            ("No Paspor", "Paspor", "Nomor Paspor", "Passport"),
        ),
        Column(
            "phone",
            Word(N_("phone")),
            Reads.WORDS,
            ("No HP", "HP", "Telepon", "No Telp", "Telp", "Phone", "WhatsApp", "No WA"),
        ),
        Column("address", Word(N_("address")), Reads.WORDS, ("Alamat", "Address")),
        Column(
            "village",
            Word(N_("village")),
            Reads.WORDS,
            ("Desa", "Kelurahan", "Desa/Kelurahan", "Village"),
        ),
        Column(
            "hamlet",
            Word(N_("hamlet")),
            Reads.WORDS,
            ("Dusun", "RT", "RT/RW", "Dukuh", "Kampung", "Dusun/RT", "Hamlet"),
        ),
        Column(
            "occupation",
            Word(N_("occupation")),
            Reads.WORDS,
            ("Pekerjaan", "Mata Pencaharian", "Occupation"),
        ),
        Column(
            "joined_on",
            Word(N_("day of joining")),
            Reads.DAY,
            (
                *("Tanggal Masuk", "Tgl Masuk", "Tanggal Bergabung", "Joined On"),
                *("Tgl Bergabung", "Tanggal Anggota", "Tanggal Daftar"),
            ),
        ),
        Column(
            "born_on",
            Word(N_("date of birth")),
            Reads.DAY,
            ("Tanggal Lahir", "Tgl Lahir", "Lahir", "Date of Birth"),
        ),
        Column(
            "ended_on",
            Word(N_("day of leaving")),
            Reads.DAY,
            ("Tanggal Berakhir", "Tgl Keluar", "Tanggal Keluar", "Tanggal Berhenti"),
        ),
        Column(
            "ended_by",
            Word(N_("cause of leaving")),
            Reads.WORDS,
            ("Sebab Berakhir", "Sebab Keluar", "Sebab Berhenti"),
        ),
        Column(
            "why_ended",
            Word(N_("reason of leaving")),
            Reads.WORDS,
            ("Alasan", "Alasan Keluar", "Reason"),
        ),
        Column("standing", Word(N_("standing")), Reads.WORDS, ("Status", "Keadaan")),
        Column(
            "region_code",
            Word(N_("code of the district")),
            Reads.WORDS,
            ("Kode Kecamatan", "Kode Wilayah", "District Code"),
        ),
        Column(
            "village_code",
            Word(N_("code of the village")),
            Reads.WORDS,
            ("Kode Desa", "Kode Kelurahan", "Village Code"),
        ),
        Column(
            "risk",
            Word(N_("level of risk")),
            Reads.WORDS,
            ("Tingkat Risiko", "Risiko", "Risk"),
        ),
        Column(
            "source_of_funds",
            Word(N_("source of funds")),
            Reads.WORDS,
            ("Sumber Dana", "Sumber Penghasilan", "Source of Funds"),
        ),
    ),
    needs=(
        frozenset(["member", "name"]),
        frozenset(["name", "national_id"]),
        frozenset(["name", "phone"]),
        frozenset(["name", "address"]),
        frozenset(["name", "joined_on"]),
    ),
)
GONE = (*LEFT, MemberStatus.SETTLED)
OTHER_WORDS = {
    "keluar": MemberStatus.RESIGNED,
    "berhenti": MemberStatus.RESIGNED,
    "mundur": MemberStatus.RESIGNED,
    "meninggal": MemberStatus.DECEASED,
    "wafat": MemberStatus.DECEASED,
    "almarhum": MemberStatus.DECEASED,
    "dikeluarkan": MemberStatus.EXPELLED,
    "dipecat": MemberStatus.EXPELLED,
    "aktif": MemberStatus.ACTIVE,
}
"""How other lists say that somebody left, or belongs."""
NUMBERS = ("national_id", "family_card_no", "passport_no", "phone")


@dataclass(frozen=True, slots=True)
class Left:
    """How a membership ended, of somebody to whom nothing is owed any more."""

    on: date
    cause: MemberStatus
    reason: str


@dataclass(frozen=True, slots=True)
class NewMember(Movement):
    """A member of a list, with what the list says of them."""

    reference: str
    name: str
    numbers: tuple[tuple[str, str], ...]
    address: str
    village: str
    hamlet: str
    occupation: str
    born_on: date | None
    region_code: str
    village_code: str
    source_of_funds: str
    risk: Risk | None
    left: Left | None

    def content(self) -> tuple[str, ...]:
        """What makes the row itself: the number, or the name."""
        return self.reference, self.name


@dataclass(eq=False)
class NoName(Refused):
    """A row names nobody."""

    sentence = N_("Cell %(cell)s: the name is missing.")

    cell: str


@dataclass(eq=False)
class LeftHow(Refused):
    """The list says that somebody left, but not how or when."""

    sentence = N_(
        "Row %(row)s: %(name)s has left. Write the day and one of these causes: "
        "%(causes)s."
    )

    row: int
    name: str
    causes: tuple[Word, ...]


@dataclass(eq=False)
class LeftBefore(Refused):
    """Nobody leaves before joining."""

    sentence = N_("Row %(row)s: %(name)s leaves on %(left)s, before joining on %(on)s.")

    row: int
    name: str
    left: date
    on: date


@dataclass(eq=False)
class StillLeaving(Refused):
    """Somebody is leaving whose money is not settled."""

    sentence = N_(
        "Row %(row)s: %(name)s is leaving and not settled. A candidate is entered; "
        "begin the leaving here when the money is in."
    )

    row: int
    name: str


@dataclass(eq=False)
class StillBelongs(Refused):
    """The list says both that somebody belongs and that they left."""

    sentence = N_(
        "Row %(row)s: %(name)s belongs, though a leaving stands beside it. It is "
        "left out here."
    )

    row: int
    name: str


@dataclass(eq=False)
class PlaceLeftOut(Refused):
    """A code of a district or village that is not known."""

    sentence = N_("Cell %(cell)s: %(said)s is no code of a place. It is left out here.")

    cell: str
    said: str


@dataclass(eq=False)
class DestroyedNumber(Refused):
    """A spreadsheet keeps fifteen figures; the rest of a number is lost."""

    sentence = N_(
        "Cell %(cell)s: the spreadsheet has lost the last figures of %(text)s. "
        "Type it again as text; it is left out here."
    )

    cell: str
    text: str


def understand_members(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read a list of members, in the order of the file.

    A number that the spreadsheet destroyed is left out and noted.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``.
    """
    return exactly(
        lambda: _members(propose(workbook, MEMBERS, answers.layout), answers)
    )


def _members(proposal: Proposal, answers: Answers) -> Understood:
    notes: list[Problem] = []

    def read(row: SheetRow) -> NewMember:
        return _member(proposal, row, answers, notes)

    asked = answers.on is None and not proposal.has("joined_on")
    found = whole_sheet(proposal, read, (), questions=(WHEN,) if asked else ())
    return replace(found, notes=tuple(notes))


def _member(
    proposal: Proposal, row: SheetRow, answers: Answers, notes: list[Problem]
) -> NewMember:
    said = row.cells.get
    reference, name = member_of(proposal, row)
    if not name:
        raise NoName(proposal.place("name", row.number))
    numbers = []
    for key in NUMBERS:
        cell, at = said(key), proposal.place(key, row.number)
        if destroyed(cell):
            notes.append(Problem(row.number, DestroyedNumber(at, text(cell))))
        elif text(cell):
            numbers.append((key, text(cell).lstrip("'")))
    joined = said("joined_on") if text(said("joined_on")) else answers.on
    born = said("born_on") if text(said("born_on")) else None
    on = (
        date(2000, 1, 1)
        if joined is None
        else day(joined, at=proposal.place("joined_on", row.number))
    )
    region, village = _codes(proposal, row, notes)
    return NewMember(
        row=row.number,
        on=on,
        amount=Decimal(0),
        memo="",
        reference="" if reference == name else reference,
        name=name,
        numbers=tuple(numbers),
        address=text(said("address")),
        village=text(said("village")),
        hamlet=text(said("hamlet")),
        occupation=text(said("occupation")),
        born_on=None
        if born is None
        else day(born, at=proposal.place("born_on", row.number)),
        region_code=region,
        village_code=village,
        source_of_funds=text(said("source_of_funds")).lstrip("'"),
        risk=_risks().get(plain(said("risk"))),
        left=_left(proposal, row, name, on, notes),
    )


def _said(row: SheetRow, key: str) -> str:
    """Return what a cell says; dashes stand for nothing."""
    return text(row.cells.get(key)).strip(" -–—")


@cache
def _standings() -> dict[str, MemberStatus]:
    own = {
        plain(said): status
        for status, name in STATUS_NAMES.items()
        for said in (name, say(name, "id"))
    }
    return own | {plain(word): status for word, status in OTHER_WORDS.items()}


@cache
def _risks() -> dict[str, Risk]:
    return {
        plain(said): risk
        for risk, name in RISK_NAMES.items()
        for said in (name, say(name, "id"))
    }


def _codes(proposal: Proposal, row: SheetRow, notes: list[Problem]) -> tuple[str, str]:
    """Return the codes of district and village; what is no code is noted."""
    asked, of = text(row.cells.get("region_code")), text(row.cells.get("village_code"))
    region = village = ""
    try:
        region = regions.district(asked).code if asked else ""
    except Refused:
        place = proposal.place("region_code", row.number)
        notes.append(Problem(row.number, PlaceLeftOut(place, asked)))
    try:
        village = regions.village_code(of, region) if of and region else ""
    except Refused:
        place = proposal.place("village_code", row.number)
        notes.append(Problem(row.number, PlaceLeftOut(place, of)))
    return region, village


def _left(
    proposal: Proposal, row: SheetRow, name: str, joined: date, notes: list[Problem]
) -> Left | None:
    """Return how somebody left; nothing for who belongs, or is not settled yet."""
    stands = _standings().get(plain(_said(row, "standing")))
    told, by = _said(row, "ended_on"), _said(row, "ended_by")
    cause = _standings().get(plain(by), stands)
    if stands is not None and stands not in GONE:
        if told or by:
            notes.append(Problem(row.number, StillBelongs(row.number, name)))
        return None
    if not told and stands is None:
        return None
    if not told or cause not in LEFT:
        ways = tuple(Word(STATUS_NAMES[one]) for one in sorted(LEFT))
        raise LeftHow(row.number, name, ways)
    on = day(row.cells["ended_on"], at=proposal.place("ended_on", row.number))
    if on < joined:
        raise LeftBefore(row.number, name, on, joined)
    others = {plain(word) for word in OTHER_WORDS}
    if stands in LEFT and by and plain(_said(row, "standing")) not in others:
        # as this book's own list says it of who is not settled
        notes.append(Problem(row.number, StillLeaving(row.number, name)))
        return None
    return Left(on, cause, _said(row, "why_ended").lstrip("'"))
