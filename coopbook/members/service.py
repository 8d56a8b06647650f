"""Admit a member, correct what is written, begin a membership, take somebody back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from coopbook import regions
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.decisions.model import Decision
from coopbook.i18n import Word
from coopbook.members import rules, standing
from coopbook.members.changing import history, note_change
from coopbook.members.model import SEALED, Member, MemberChange
from coopbook.members.queries import last_number, normal_phone
from coopbook.members.rules import STATUS_NAMES, MemberStatus, Risk
from coopbook.members.sealing import seal_fields

SHARE_REVERSED = "Setoran simpanan pokok dibatalkan"
SHARE_PUT_RIGHT = "Setoran simpanan pokok dibetulkan"
BELONGING = (MemberStatus.ACTIVE, MemberStatus.SUSPENDED)
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
    """Begin the membership: the principal share is paid in full.

    Where its payment was only put right, within the days the desks may book back, the
    member stands as before, with every month owed since.
    """
    if member.status is MemberStatus.PROSPECTIVE:
        former = _put_right(book, member, on)
        if former is not None:
            _stand_as_before(book, member, former, on)
            return
        changes = history(book, member)
        member.active_on = max(on, changes[-1].changed_on) if changes else on
        note_change(
            *(book, member, MemberStatus.ACTIVE),
            on=max(on, last_change(book, member)),
            reason=reason or "Simpanan pokok lunas",
        )


Former = tuple[date, MemberChange | None]


def _put_right(book: Book, member: Member, on: date) -> Former | None:
    """Return since when somebody belonged, and how they stood, before a reversal.

    Nothing where the share was not reversed, or too long ago to be a mere correction.
    """
    changes = history(book, member)
    if not changes or changes[-1].reason != SHARE_REVERSED:
        return None
    days = setting(book, "backdating_days", changes[-1].changed_on)
    if on > changes[-1].changed_on + timedelta(days=days):
        return None
    since, stood = member.joined_on, None
    newer = changes[-1]
    for change in reversed(changes[:-1]):
        if change.status in BELONGING:
            stood, since = stood or change, change.changed_on
        elif change.reason != SHARE_REVERSED or newer.reason != SHARE_PUT_RIGHT:
            break
        newer = change
    return min(since, on), stood


def _stand_as_before(book: Book, member: Member, former: Former, on: date) -> None:
    since, stood = former
    decided = stood.decision_number if stood else None
    member.active_on = since
    note_change(
        *(book, member, stood.status if stood else MemberStatus.ACTIVE),
        on=max(on, last_change(book, member)),
        reason=SHARE_PUT_RIGHT,
        until=stood.until if stood else None,
        decision=book.get(Decision, decided) if decided else None,
    )


def deactivate(book: Book, member: Member, *, on: date) -> None:
    """Go back to candidate: the payment of the principal share was reversed."""
    if member.status is MemberStatus.ASSOCIATE:
        member.active_on = None  # an associate belongs without a share
        book.session.flush()
    if member.status in (MemberStatus.ACTIVE, MemberStatus.SUSPENDED):
        member.active_on = None
        note_change(
            *(book, member, MemberStatus.PROSPECTIVE),
            on=max(on, last_change(book, member)),
            reason=SHARE_REVERSED,
        )


ReadmissionCheck = Callable[[Book, Member], None]
BEFORE_READMITTING: list[ReadmissionCheck] = []


def before_readmitting(check: ReadmissionCheck) -> ReadmissionCheck:
    """Register what may refuse a return for a reason members know nothing of."""
    BEFORE_READMITTING.append(check)
    return check


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
    for check in BEFORE_READMITTING:
        check(book, member)
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
