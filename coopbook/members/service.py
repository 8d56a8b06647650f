"""Admit a member, correct what is written, begin a membership, take somebody back."""

from __future__ import annotations

from datetime import date
from typing import Any

from coopbook import regions
from coopbook.book import Book
from coopbook.decisions.model import Decision
from coopbook.i18n import Word
from coopbook.members import rules, standing
from coopbook.members.changing import history, note_change
from coopbook.members.model import SEALED, Member
from coopbook.members.queries import last_number, normal_phone
from coopbook.members.rules import STATUS_NAMES, MemberStatus, Risk
from coopbook.members.sealing import seal_fields

MAY_BE_EMPTY = ("hamlet", "occupation", "source_of_funds")
PLAIN = (
    *("name", "born_on", "address", "village", "reference", "risk"),
    *("region_code", "village_code", *MAY_BE_EMPTY),
)


def admit(
    book: Book,
    name: str,
    *,
    on: date,
    born_on: date | None = None,
    national_id: str | None = None,
    family_card_no: str | None = None,
    passport_no: str | None = None,
    phone: str | None = None,
    address: str = "",
    village: str = "",
    reference: str = "",
    hamlet: str | None = None,
    region_code: str | None = None,
    village_code: str | None = None,
    occupation: str | None = None,
    source_of_funds: str | None = None,
    risk: Risk | None = None,
) -> Member:
    """Enter a candidate in the register; the principal share makes a member.

    ``reference`` is a number the member had in older books.  A doubtful NIK is
    entered all the same (``rules.doubts``).  Raises ``NameNeeded``,
    ``NotANumber``, ``BornLater``, ``NoSuchDistrict`` and ``NotInDistrict``.
    """
    if born_on is not None and born_on > on:
        raise rules.BornLater(born_on, on)
    place = _place({"region_code": region_code, "village_code": village_code})
    row = Member(
        cooperative_id=book.cooperative_id,
        number=last_number(book) + 1,
        name=rules.check_name(name),
        status=MemberStatus.PROSPECTIVE,
        joined_on=on,
        active_on=None,
        born_on=born_on,
        address=address.strip(),
        village=village.strip(),
        reference=reference.strip(),
        hamlet=_or_none(hamlet),
        occupation=_or_none(occupation),
        source_of_funds=_or_none(source_of_funds),
        risk=risk,
        **place,
    )
    personal = {
        "national_id": national_id,
        "family_card_no": family_card_no,
        "passport_no": passport_no,
        "phone": phone,
    }
    seal_fields(book, row, **{f: _tidy(f, text) for f, text in personal.items()})
    book.session.add(row)
    book.session.flush()
    return row


def _or_none(text: str | None) -> str | None:
    return text.strip() or None if text else None


def correct(book: Book, member: Member, **changes: Any) -> Member:
    """Correct what is written of a member; the event keeps both.

    ``changes`` may name anything that ``admit`` takes but the day of joining.
    """
    if "name" in changes:
        changes["name"] = rules.check_name(changes["name"])
    if changes.get("born_on") is not None and changes["born_on"] > member.joined_on:
        raise rules.BornLater(changes["born_on"], member.joined_on)
    unknown = sorted(set(changes) - set(PLAIN) - set(SEALED))
    assert not unknown, f"a member has no {unknown}"
    plain = _place({f: changes[f] for f in PLAIN if f in changes}, member)
    tidy = {f: _tidy(f, changes[f]) for f in SEALED if f in changes}
    seal_fields(book, member, **tidy)
    for column, value in plain.items():
        setattr(member, column, _or_none(value) if column in MAY_BE_EMPTY else value)
    book.session.flush()
    return member


def activate(book: Book, member: Member, *, on: date, reason: str = "") -> None:
    """Begin the membership: the principal share is paid in full."""
    if member.status is MemberStatus.PROSPECTIVE:
        member.active_on = on
        note_change(
            *(book, member, MemberStatus.ACTIVE),
            on=max(on, last_change(book, member)),
            reason=reason or "Simpanan pokok lunas",
        )


def deactivate(book: Book, member: Member) -> None:
    """Go back to candidate: the payment of the principal share was reversed."""
    if member.status is MemberStatus.ASSOCIATE:
        member.active_on = None  # an associate belongs without a share
        book.session.flush()
    if member.status in (MemberStatus.ACTIVE, MemberStatus.SUSPENDED):
        member.active_on = None
        note_change(
            *(book, member, MemberStatus.PROSPECTIVE),
            on=last_change(book, member),
            reason="Setoran simpanan pokok dibatalkan",
        )


def readmit(
    book: Book, member: Member, *, on: date, reason: str, decision: Decision | None
) -> Member:
    """Take somebody back who left and was settled, under the same number.

    The principal share is paid anew.  Raises ``StillHere``, ``DecisionNeeded``,
    ``WhyNeeded`` and ``ChangedBefore``.
    """
    changes = history(book, member)
    died = any(change.status is MemberStatus.DECEASED for change in changes[-2:])
    if member.status is not MemberStatus.SETTLED or died:
        raise standing.StillHere(member.name)
    if decision is None:
        raise standing.DecisionNeeded(Word(STATUS_NAMES[MemberStatus.PROSPECTIVE]))
    if not reason.strip():
        raise standing.WhyNeeded
    member.active_on = None
    note_change(
        *(book, member, MemberStatus.PROSPECTIVE),
        on=on,
        reason=reason.strip(),
        decision=decision,
    )
    return member


def last_change(book: Book, member: Member) -> date:
    """Return the day of the last change of standing, or of joining."""
    changes = history(book, member)
    return changes[-1].changed_on if changes else member.joined_on


def _tidy(field: str, text: str | None) -> str | None:
    if field == "phone":
        return normal_phone(text)
    if field == "passport_no":
        return text.strip().upper() if text and text.strip() else None
    return rules.tidy_number(text, field)


def _place(fields: dict[str, Any], row: Member | None = None) -> dict[str, Any]:
    """Return region and village codes tidy; the village's belongs to the region's."""
    found = dict(fields)
    if "region_code" in found:
        code = found["region_code"]
        found["region_code"] = regions.district(code).code if code else None
    if found.get("village_code"):
        of = found.get("region_code", row.region_code if row else None)
        district = of or found["village_code"].replace(".", "")[:6]
        found["village_code"] = regions.village_code(
            found["village_code"], regions.district(district).code
        )
    elif "village_code" in found:
        found["village_code"] = None
    return found
