"""Who may do what: roles, passwords, and two people for what one should not do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_, Word

SHORTEST_PASSWORD = 10


class Role(StrEnum):
    """What a person may do in a cooperative; one person may hold several."""

    MANAGER = "manager"
    TREASURER = "treasurer"
    TELLER = "teller"
    CREDIT = "credit"
    BOOKKEEPER = "bookkeeper"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    MEMBER = "member"


ROLE_NAMES = {
    Role.MANAGER: N_("Manager"),
    Role.TREASURER: N_("Treasurer"),
    Role.TELLER: N_("Teller"),
    Role.CREDIT: N_("Credit officer"),
    Role.BOOKKEEPER: N_("Bookkeeper"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.AUDITOR: N_("Auditor"),
    Role.MEMBER: N_("Member"),
}


class ApprovalState(StrEnum):
    """Where a request for a second person stands."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(eq=False)
class NoSuchUser(Missing):
    """Nobody logs in by that name."""

    sentence = N_("Nobody logs in as %(name)s.")

    name: str


@dataclass(eq=False)
class NameTaken(Refused):
    """Somebody else logs in by that name."""

    sentence = N_("Somebody already logs in as %(name)s. Choose another name.")

    name: str


@dataclass(eq=False)
class NotAName(Refused):
    """A log-in name is short and plain."""

    sentence = N_(
        "A log-in name has 2 to 30 small letters, figures, dots or dashes;"
        " %(name)s does not."
    )

    name: str


@dataclass(eq=False)
class PasswordTooShort(Refused):
    """A password is long rather than complicated."""

    sentence = N_("A password has at least %(shortest)s characters. Use a few words.")

    shortest: int = SHORTEST_PASSWORD


@dataclass(eq=False)
class PasswordTooCommon(Refused):
    """The password is one that everybody tries first."""

    sentence = N_("That password is easy to guess. Use a few words of your own.")


@dataclass(eq=False)
class NoSuchApproval(Missing):
    """There is no request of that number."""

    sentence = N_("There is no request %(number)s.")

    number: int


@dataclass(eq=False)
class OwnRequest(Refused):
    """Nobody approves what they made."""

    sentence = N_("You made this request. Somebody else has to decide on it.")


@dataclass(eq=False)
class AboutYourself(Refused):
    """Nobody decides on their own office."""

    sentence = N_("This request is about you. Somebody else has to decide on it.")


@dataclass(eq=False)
class NotYourDecision(Refused):
    """Only certain offices decide on this kind of request."""

    sentence = N_("This request is decided by: %(roles)s.")

    roles: tuple[Word, ...]


@dataclass(eq=False)
class AlreadyDecided(Conflict):
    """Somebody has decided."""

    sentence = N_("%(by)s has already decided on this request.")

    by: str


@dataclass(eq=False)
class RequestExpired(Refused):
    """The request waited too long."""

    sentence = N_("This request expired. Ask for it again.")


@dataclass(eq=False)
class RequestChanged(Conflict):
    """What was shown is not what would be done."""

    sentence = N_("The request is not the one you were shown. Open it again.")


@dataclass(eq=False)
class LastManager(Refused):
    """A cooperative keeps at least one person who can manage it."""

    sentence = N_("%(name)s is the last manager. Give the office to somebody first.")

    name: str


COMMON = frozenset(
    [
        "1234567890",
        "0123456789",
        "12345678910",
        "password123",
        "passwordpassword",
        "qwertyuiop",
        "koperasi123",
        "indonesia123",
        "bismillah123",
        "sayangku123",
        "1111111111",
        "0000000000",
        "aaaaaaaaaa",
        "abcdefghij",
        "rahasia123",
        "admin12345",
        "administrator",
    ]
)


def check_name(name: str) -> str:
    """Return a log-in name as it is kept; refuse one that is hard to type."""
    tidy = name.strip().lower()
    plain = tidy.isascii() and all(c.isalnum() or c in ".-" for c in tidy)
    if not (2 <= len(tidy) <= 30 and plain):
        raise NotAName(name)
    return tidy


def check_password(password: str, name: str) -> None:
    """Refuse a password that is short, common, or the person's own name."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort
    lowered = password.lower()
    if lowered in COMMON or lowered == name.lower() or len(set(lowered)) < 4:
        raise PasswordTooCommon
