"""How a surplus (SHU) is divided: pools by percentage, pools by member (pure).

Source: UU 25/1992 articles 5, 34 and 45: after the reserve, to members in proportion to
what they did with the cooperative, and to what the meeting decides.  No percentage is
fixed by law, so a policy is data with the decision behind it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_, Word
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money


class Pool(StrEnum):
    """What a part of the surplus is for."""

    RESERVE = "reserve"
    RISK_RESERVE = "risk_reserve"
    CAPITAL = "capital"
    PATRONAGE = "patronage"
    BOARD = "board"
    STAFF = "staff"
    EDUCATION = "education"
    SOCIAL = "social"
    DEVELOPMENT = "development"


POOL_NAMES = {
    Pool.RESERVE: N_("General reserve"),
    Pool.RISK_RESERVE: N_("Risk reserve"),
    Pool.CAPITAL: N_("Return on members' shares"),
    Pool.PATRONAGE: N_("Members' patronage"),
    Pool.BOARD: N_("Board and supervisors"),
    Pool.STAFF: N_("Staff"),
    Pool.EDUCATION: N_("Education fund"),
    Pool.SOCIAL: N_("Social fund"),
    Pool.DEVELOPMENT: N_("Local development fund"),
}
OF_MEMBERS = (Pool.CAPITAL, Pool.PATRONAGE)


class Of(StrEnum):
    """What the percentages of the members' pools are percentages of."""

    WHOLE = "whole"
    MEMBERS_PART = "members_part"


class CapitalBase(StrEnum):
    """By what the return on shares is divided."""

    YEAR_END = "year_end"
    MONTH_WEIGHTED = "month_weighted"


class Activity(StrEnum):
    """By what the members' patronage is divided."""

    INTEREST_PAID = "interest_paid"
    LOANS_TAKEN = "loans_taken"
    PURCHASES = "purchases"


class Spread(StrEnum):
    """What becomes of the parts of a rupiah, or of a step."""

    LARGEST_REMAINDER = "largest_remainder"
    FLOOR = "floor"


CAPITAL_NAMES = {
    CapitalBase.YEAR_END: N_("shares at the end of the year"),
    CapitalBase.MONTH_WEIGHTED: N_("shares of each month, the average"),
}
ACTIVITY_NAMES = {
    Activity.INTEREST_PAID: N_("interest paid on loans"),
    Activity.LOANS_TAKEN: N_("loans taken in the year"),
    Activity.PURCHASES: N_("purchases"),
}
SPREAD_NAMES = {
    Spread.LARGEST_REMAINDER: N_("each rupiah handed out, the largest remainder first"),
    Spread.FLOOR: N_("rounded down, the rest to the reserve"),
}


@dataclass(eq=False)
class NotHundred(Refused):
    """Percentages of a whole come to 100."""

    sentence = N_(
        "These percentages come to %(sum)s, not 100. Change one of them by"
        " %(difference)s."
    )

    sum: str
    difference: str


@dataclass(eq=False)
class NotAPercentage(Refused):
    """A part is between nothing and everything."""

    sentence = N_("Write each part as a percentage from 0 to 100; %(said)s is not one.")

    said: str


@dataclass(eq=False)
class NoMembersPart(Refused):
    """Who divides the members' part says how large it is."""

    sentence = N_(
        "Say how much of the surplus is the members' part, and how much of that goes to"
        " shares and how much to patronage; the two come to 100."
    )


@dataclass(eq=False)
class NotAStep(Refused):
    """Parts are rounded to whole rupiah, hundreds or thousands."""

    sentence = N_("Round to 1, 100 or 1,000 rupiah; %(step)s is not one of them.")

    step: int


@dataclass(eq=False)
class ReserveNeeded(Refused):
    """What rounding leaves needs a place."""

    sentence = N_(
        "Rounding down leaves a rest, and it goes to the general reserve. Give the"
        " reserve a percentage, or hand out every rupiah."
    )


@dataclass(eq=False)
class Deficit(Refused):
    """There is nothing to hand out."""

    sentence = N_(
        "%(year)s ended with a deficit of %(deficit)s, so there is no surplus to hand"
        " out. The meeting can cover it from the reserve."
    )

    year: int
    deficit: Money


@dataclass(eq=False)
class NothingEarned(Refused):
    """There is nothing to hand out."""

    sentence = N_("%(year)s ended without a surplus; there is nothing to hand out.")

    year: int


@dataclass(eq=False)
class AlreadyApproved(Conflict):
    """A surplus is handed out once."""

    sentence = N_(
        "What becomes of the surplus of %(year)s was decided already, by %(decision)s."
    )

    year: int
    decision: str


@dataclass(eq=False)
class AlreadyPosted(Conflict):
    """A surplus is posted once."""

    sentence = N_("The surplus of %(year)s was handed out already, by %(voucher)s.")

    year: int
    voucher: str


@dataclass(eq=False)
class NotDecided(Refused):
    """A surplus is handed out when the members decided it."""

    sentence = N_(
        "The members have not decided on the surplus of %(year)s. Write down the"
        " decision of the meeting first."
    )

    year: int


@dataclass(eq=False)
class NoPolicy(Missing):
    """Nobody wrote down how the surplus is divided."""

    sentence = N_(
        "How the surplus of %(year)s is divided is not written down. Write down the"
        " percentages with the decision behind them."
    )

    year: int


@dataclass(eq=False)
class NoPurchases(Refused):
    """Purchases are not in this book."""

    sentence = N_(
        "This book holds no purchases of members, so patronage cannot be divided by"
        " them. Choose interest paid or loans taken."
    )


@dataclass(eq=False)
class NothingWaiting(Refused):
    """The member has no surplus that was not taken."""

    sentence = N_("%(name)s has no surplus waiting.")

    name: str


@dataclass(eq=False)
class NotSoMuch(Refused):
    """Nobody takes more than waits."""

    sentence = N_("At most %(most)s waits for %(name)s.")

    name: str
    most: Money


@dataclass(eq=False)
class NotTheirAccount(Refused):
    """A surplus goes to savings of the member it belongs to."""

    sentence = N_(
        "Account %(account)s is not %(name)s's. Take one of their own, or pay in cash."
    )

    account: int
    name: str


@dataclass(eq=False)
class BeforeDecision(Refused):
    """What the members decided is done on the day of their decision or later."""

    sentence = N_("The members decided on %(decided)s; use that day or a later one.")

    decided: date


@dataclass(eq=False)
class HeirNeeded(Refused):
    """What belonged to a member who died goes to an heir, against papers."""

    sentence = N_(
        "%(name)s died. Write which heir receives it, and which papers they showed:"
        " death certificate, statement of heirs, identity card, each with its number."
    )

    name: str


@dataclass(eq=False)
class NoSource(Refused):
    """A policy is written somewhere."""

    sentence = N_(
        "Say where these percentages are written, like the article of the by-laws or"
        " the meeting that decided them."
    )


@dataclass(eq=False)
class NotYetClosed(Refused):
    """A surplus is known when its year is closed."""

    sentence = N_(
        "Close %(year)s first; then its surplus is known and can be decided on."
    )

    year: int


@dataclass(eq=False)
class NotOfMembers(Refused):
    """Only the members' meeting hands a surplus out, after the year."""

    sentence = N_(
        "%(decision)s is not a decision of the members' meeting after the end of"
        " %(year)s. Only that meeting decides on the surplus."
    )

    decision: str
    year: int


@dataclass(eq=False)
class CreditedFirst(Refused):
    """Members' parts are taken off their cards before the pools."""

    sentence = N_(
        "Reverse %(voucher)s first: it wrote the members' parts on their cards."
    )

    voucher: str


@dataclass(eq=False)
class NoDeficit(Refused):
    """No more is covered than was lost."""

    sentence = N_(
        "Deficits of earlier years come to %(owed)s; cover no more than that."
    )

    owed: Money


@dataclass(eq=False)
class ReserveTooSmall(Refused):
    """A reserve covers what it holds."""

    sentence = N_("The general reserve holds %(held)s; cover no more than that.")

    held: Money


def percent(said: str | int) -> Fraction:
    """Read a percentage exactly; raise ``NotAPercentage``.

    >>> percent("33.3"), percent("25")
    (Fraction(333, 10), Fraction(25, 1))
    """
    text = str(said).strip().replace(",", ".")
    try:
        found = Fraction(Decimal(text))
    except (ArithmeticError, ValueError) as error:
        raise NotAPercentage(text) from error
    if not 0 <= found <= 100:
        raise NotAPercentage(text)
    return found


def written(share: Fraction) -> str:
    """Write a percentage with the digits it has.

    >>> written(Fraction(333, 10)), written(Fraction(25))
    ('33.3', '25')
    """
    said = Decimal(share.numerator) / Decimal(share.denominator)
    return f"{said.normalize():f}"


@dataclass(frozen=True, slots=True)
class Policy:
    """How a surplus is divided; percentages are exact.

    ``parts`` come to 100, those of the members' pools being of the members' part where
    ``of`` says so: then ``members_part`` is that part's percentage of the whole.
    ``saved`` adds voluntary savings to the base of the return on shares.  Those whose
    standing at the year's end is among ``excluded`` take no part; whoever left in the
    year takes part only where ``leavers`` says so, with what they did until then.
    ``members_only`` keeps what was earned with others for the reserve.
    """

    parts: Mapping[Pool, Fraction]
    of: Of = Of.WHOLE
    members_part: Fraction = Fraction(0)
    capital_base: CapitalBase = CapitalBase.YEAR_END
    saved: bool = False
    activity: Activity = Activity.INTEREST_PAID
    spread: Spread = Spread.LARGEST_REMAINDER
    step: int = 1
    leavers: bool = False
    excluded: frozenset[MemberStatus] = field(
        default_factory=lambda: frozenset({MemberStatus.EXPELLED})
    )
    members_only: bool = False

    def of_whole(self) -> dict[Pool, Fraction]:
        """Return each pool's percentage of the whole surplus, in the pools' order."""
        found = {}
        for pool in Pool:
            part = self.parts.get(pool, Fraction(0))
            if self.of is Of.MEMBERS_PART and pool in OF_MEMBERS:
                part = part * self.members_part / 100
            if part:
                found[pool] = part
        return found


def check(policy: Policy, *, purchases: bool = False) -> Policy:
    """Return a policy that adds up; ``purchases`` says whether the book knows them.

    Raises ``NotAPercentage``, ``NoMembersPart``, ``NotHundred``, ``NotAStep``,
    ``ReserveNeeded`` and ``NoPurchases``.
    """
    for part in (*policy.parts.values(), policy.members_part):
        if not 0 <= part <= 100:
            raise NotAPercentage(written(part))
    if policy.of is Of.MEMBERS_PART:
        inner = sum(policy.parts.get(pool, Fraction(0)) for pool in OF_MEMBERS)
        if not policy.members_part or inner != 100:
            raise NoMembersPart
    whole = sum(policy.of_whole().values(), Fraction(0))
    if whole != 100:
        raise NotHundred(written(whole), written(abs(100 - whole)))
    if policy.step not in (1, 100, 1000):
        raise NotAStep(policy.step)
    if policy.spread is Spread.FLOOR and not policy.parts.get(Pool.RESERVE):
        raise ReserveNeeded
    if policy.activity is Activity.PURCHASES and not purchases:
        raise NoPurchases
    return policy


def spread_out(
    amount: Money, weights: Sequence[Fraction], *, spread: Spread, step: int = 1
) -> tuple[list[Money], Money]:
    """Divide an amount by weights; return the parts and what rounding left.

    Every part is rounded down to the step.  By largest remainder the steps left over
    go, one each, to the parts that rounding cost the most, equals in their order; what
    is less than a step stays left.  By floor all of it stays left.

    >>> parts, left = spread_out(
    ...     Money(10), [Fraction(1), Fraction(2)], spread=Spread.LARGEST_REMAINDER
    ... )
    >>> [part.units for part in parts], left
    ([3, 7], Money(units=0))
    """
    whole = sum(weights, Fraction(0))
    if not whole:
        return [ZERO for _ in weights], amount
    exact = [amount.units * weight / whole for weight in weights]
    parts = [int(each // step) * step for each in exact]
    left = amount.units - sum(parts)
    if spread is Spread.LARGEST_REMAINDER:
        costs = [each - part for each, part in zip(exact, parts, strict=True)]
        order = sorted(range(len(parts)), key=lambda n: (-costs[n], n))
        for n in [n for n in order if costs[n]][: left // step]:
            parts[n] += step
            left -= step
    return [Money(part) for part in parts], Money(left)


@dataclass(frozen=True, slots=True)
class Allocation:
    """What each pool gets; together the whole surplus."""

    surplus: Money
    pools: dict[Pool, Money]
    of_others: Money
    left: Money

    def amount(self, pool: Pool) -> Money:
        """Return what a pool gets."""
        return self.pools.get(pool, ZERO)


def allocate(surplus: Money, policy: Policy, *, of_others: Money = ZERO) -> Allocation:
    """Divide a surplus over the pools of a policy, to the rupiah.

    ``of_others`` is what was earned with others than members: it goes to the reserve
    first where the policy keeps it.  What rounding leaves (``left``) is in the reserve.
    """
    kept = of_others if policy.members_only else ZERO
    parts = policy.of_whole()
    shares, left = spread_out(
        surplus - kept, list(parts.values()), spread=policy.spread, step=policy.step
    )
    pools = dict(zip(parts, shares, strict=True))
    if kept or left:
        pools[Pool.RESERVE] = pools.get(Pool.RESERVE, ZERO) + kept + left
    return Allocation(surplus, pools, kept, left)


@dataclass(frozen=True, slots=True)
class Base:
    """What a member's part is worked out from, in rupiah; averages are exact."""

    member: int
    capital: Fraction
    activity: Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """A member's part: the return on shares and the patronage."""

    base: Base
    capital: Money
    patronage: Money

    @property
    def total(self) -> Money:
        """Both together."""
        return self.capital + self.patronage


@dataclass(frozen=True, slots=True)
class Division:
    """A surplus divided over pools, and two of them over members.

    ``left`` of each of the two pools is in the reserve already.
    """

    allocation: Allocation
    shares: tuple[Share, ...]
    pools: dict[Pool, Money]
    left: dict[Pool, Money]

    @property
    def of_members(self) -> Money:
        """What members get together."""
        return sum((share.total for share in self.shares), ZERO)


def divide(
    surplus: Money,
    policy: Policy,
    bases: Sequence[Base],
    *,
    of_others: Money = ZERO,
) -> Division:
    """Divide a surplus to the last rupiah: the pools come to it, the shares to theirs.

    What rounding leaves of a member pool, or all of it where nobody has a base, goes to
    the general reserve.
    """
    allocation = allocate(surplus, policy, of_others=of_others)
    pools, left = dict(allocation.pools), {}
    parts: dict[Pool, list[Money]] = {}
    for pool in OF_MEMBERS:
        weights = [
            each.capital if pool is Pool.CAPITAL else each.activity for each in bases
        ]
        parts[pool], left[pool] = spread_out(
            *(allocation.amount(pool), weights),
            spread=policy.spread,
            step=policy.step,
        )
        if left[pool]:
            pools[pool] = allocation.amount(pool) - left[pool]
            pools[Pool.RESERVE] = pools.get(Pool.RESERVE, ZERO) + left[pool]
    shares = tuple(
        Share(base, capital, patronage)
        for base, capital, patronage in zip(
            bases, parts[Pool.CAPITAL], parts[Pool.PATRONAGE], strict=True
        )
    )
    return Division(allocation, shares, pools, left)


def kept(policy: Policy) -> str:
    """Write a policy down as the text a book keeps, always the same for the same."""
    return json.dumps(
        {
            "parts": {pool.value: written(part) for pool, part in policy.parts.items()},
            "of": policy.of.value,
            "members_part": written(policy.members_part),
            "capital_base": policy.capital_base.value,
            "saved": policy.saved,
            "activity": policy.activity.value,
            "spread": policy.spread.value,
            "step": policy.step,
            "leavers": policy.leavers,
            "excluded": sorted(one.value for one in policy.excluded),
            "members_only": policy.members_only,
        },
        sort_keys=True,
    )


def read(text: str) -> Policy:
    """Read a policy that was written down by ``kept``."""
    said = json.loads(text)
    return Policy(
        {Pool(pool): percent(part) for pool, part in said["parts"].items()},
        Of(said["of"]),
        percent(said["members_part"]),
        CapitalBase(said["capital_base"]),
        said["saved"],
        Activity(said["activity"]),
        Spread(said["spread"]),
        said["step"],
        said["leavers"],
        frozenset(MemberStatus(one) for one in said["excluded"]),
        said["members_only"],
    )


def named(pool: Pool) -> Word:
    """Return the name of a pool for a sentence."""
    return Word(POOL_NAMES[pool])
