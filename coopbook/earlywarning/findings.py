"""Finding: a question to ask about some loans, never an accusation (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from coopbook.i18n import N_
from coopbook.money import Money


class Kind(StrEnum):
    """What is asked about."""

    CHAIN = "chain"
    FIRST_PAYMENT = "first_payment"
    OFFICER_PAYS = "officer_pays"
    SHARED = "shared"
    NEWCOMER = "newcomer"
    TERM_END = "term_end"
    JUST_UNDER = "just_under"


KIND_NAMES = {
    Kind.CHAIN: N_("Loans that take each other's place"),
    Kind.FIRST_PAYMENT: N_("First installment not paid in full"),
    Kind.OFFICER_PAYS: N_("Somebody who works here seems to pay"),
    Kind.SHARED: N_("Different houses share a card, a telephone or an address"),
    Kind.NEWCOMER: N_("Lent within a day of joining"),
    Kind.TERM_END: N_("Much lent in the last days of a term of office"),
    Kind.JUST_UNDER: N_("Just under a limit"),
}
"""In the order in which they are asked, the most urgent first: our choice."""

QUESTIONS = {
    Kind.CHAIN: N_("Would the member have paid without the next loan?"),
    Kind.FIRST_PAYMENT: N_(
        "Did the member receive the money, and know of the installments?"
    ),
    Kind.OFFICER_PAYS: N_("Why does the member not pay?"),
    Kind.SHARED: N_("Are they one house, or did somebody borrow in another's name?"),
    Kind.NEWCOMER: N_("Who knows the member, and who was present?"),
    Kind.TERM_END: N_("What was the hurry?"),
    Kind.JUST_UNDER: N_("Is this what the member needed?"),
}
"""What to ask somebody who knows; each has an honest answer."""

ABOUT_OFFICERS = frozenset({Kind.OFFICER_PAYS, Kind.TERM_END, Kind.JUST_UNDER})
"""What may be about an officer's own work, and is not for officers to read."""

RANK = {kind: place for place, kind in enumerate(KIND_NAMES)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A question: about which loans and members, how much, and why it is asked.

    ``sentence`` is filled with ``facts``, which speak the reader's language; it says
    what the book says, and ``question`` what to ask about it.
    """

    kind: Kind
    loans: tuple[int, ...]
    members: tuple[int, ...]
    amount: Money
    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def question(self) -> str:
        """What to ask."""
        return QUESTIONS[self.kind]

    @property
    def rank(self) -> int:
        """How urgent its kind is, zero the most."""
        return RANK[self.kind]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by how urgent their kind is, then by amount, then by number."""
    return sorted(
        findings,
        key=lambda one: (
            *(one.rank, -one.amount.units, one.loans, one.members),
            *(one.sentence, str(sorted(one.facts.items(), key=lambda each: each[0]))),
        ),
    )
