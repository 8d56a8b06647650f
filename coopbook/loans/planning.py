"""Spread what is owed over rows, with the interest of each (pure).

Everything is whole numbers: the factors of all rows stand over one denominator, and
the interest of a row is one division, rounded once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.loans.factors import first_by_days
from coopbook.loans.terms import (
    BULLETS,
    InterestMethod,
    Remainder,
    RoundedOver,
    StepRounding,
    Terms,
)
from coopbook.money import Money, Rounding


@dataclass(eq=False)
class NotLendable(Refused):
    """A loan has an amount."""

    sentence = N_("A loan needs an amount above zero; %(principal)s is none.")

    principal: Money


@dataclass(eq=False)
class RoundedTooCoarsely(Refused):
    """Rounded up so far, the loan would be repaid before its last installment."""

    sentence = N_(
        "Rounding installments up to %(step)s would repay the loan after"
        " %(enough)s of %(periods)s installments. Use a smaller step or fewer"
        " installments."
    )

    step: int
    enough: int
    periods: int


@dataclass(eq=False)
class InterestExceeds(Refused):
    """An installment that does not even cover its interest."""

    sentence = N_(
        "Installment %(number)s would be %(installment)s, less than its interest of"
        " %(interest)s, so the loan would grow. It has to be more than that: fewer"
        " installments, a smaller step, or a lower rate."
    )

    number: int
    installment: Money
    interest: Money


@dataclass(eq=False)
class RoundedAboveTotal(Refused):
    """Interest rounded up row by row comes to more than the whole of it."""

    sentence = N_(
        "Interest rounded row by row already makes %(rows)s, more than the whole of"
        " %(total)s. Round it to the nearest unit, or in each installment."
    )

    rows: Money
    total: Money


Divide = Callable[[int, int], int]


def _half_even(above: int, below: int) -> int:
    whole, rest = divmod(above, below)
    rest *= 2
    if rest > below or (rest == below and whole & 1):
        whole += 1
    return whole


def _half_up(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


def _up(above: int, below: int) -> int:
    return -(-above // below)


def _down(above: int, below: int) -> int:
    return above // below


DIVIDE: dict[Rounding, Divide] = {
    Rounding.HALF_EVEN: _half_even,
    Rounding.HALF_UP: _half_up,
    Rounding.UP: _up,
    Rounding.DOWN: _down,
}
"""How two whole numbers, neither below zero, are divided and rounded once."""


@dataclass(slots=True)
class Rows:
    """What is left to plan of a loan: all of it, or the rest after a change.

    ``owed`` is spread over the rows; ``base`` is what a flat rate is charged on.
    The first row also bears ``carried``, interest over ``below`` that accrued before.
    ``kept`` pays the loan down by installments, or parts, of the size they had.
    """

    terms: Terms
    owed: int
    base: int
    shares: list[int]
    below: int
    grace: int
    weights: tuple[int, ...] = ()
    carried: int = 0
    margin: int | None = None
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The size of what goes on being paid: an installment, or parts of a whole."""

    installment: int = 0
    parts: tuple[int, ...] = ()
    charges: tuple[int, ...] = ()
    whole: int = 0
    weights: tuple[int, ...] = ()
    all_weights: int = 1


def planned(rows: Rows) -> tuple[list[int], list[int]]:
    """Return principal and interest row by row; fewer rows where ``kept`` ends it."""
    if rows.terms.method is InterestMethod.ANNUITY:
        return _annuity(rows)
    return _equal(rows)


def step_division(terms: Terms) -> Divide:
    """Return how an installment is rounded to its step."""
    nearest = terms.step_rounding is StepRounding.NEAREST or (
        terms.remainder is Remainder.SPREAD and terms.step > 1
    )
    return _half_up if nearest else _up


def _step(terms: Terms, above: int, below: int) -> int:
    """Round a fraction of a unit to the step of the terms."""
    return step_division(terms)(above, below * terms.step) * terms.step


def correct_first(
    terms: Terms, lent: int, start: date, days: Sequence[date], interest: list[int]
) -> None:
    """Put the interest of the real first period in place of a whole period's."""
    if terms.interest_waived or terms.method is InterestMethod.MARGIN:
        return
    first = first_by_days(terms, start, days)
    interest[0] = DIVIDE[terms.rounding](lent * first.numerator, first.denominator)


def defer(terms: Terms, interest: list[int]) -> None:
    """Move deferred interest to the first row that asks for it."""
    waiting = min(terms.interest_deferred, len(interest) - 1)
    if waiting:
        interest[waiting] += sum(interest[:waiting])
        interest[:waiting] = [0] * waiting


def _equal(rows: Rows) -> tuple[list[int], list[int]]:
    """Plan equal parts of principal: flat, declining, margin, bullet."""
    terms, owed, grace, kept = rows.terms, rows.owed, rows.grace, rows.kept
    shares, below, carried = rows.shares, rows.below, rows.carried
    last = len(shares) - 1
    weights = rows.weights or (1,) * (last + 1 - grace)
    amount, whole = owed, sum(weights)
    divide = DIVIDE[terms.rounding]
    by_parts = terms.step == 1 or terms.method in BULLETS
    even: Sequence[int] = ()
    if kept is not None:
        weights, amount, whole = kept.weights, kept.whole, kept.all_weights
        even = kept.parts
    elif by_parts:
        even = _divided(terms, owed, weights, terms.part_rounding)
    charges = _charges(rows, weights)
    declining, parts = not charges, []
    to_step, step = step_division(terms), terms.step
    for number in range(last + 1):
        if declining:
            charges.append(divide(owed * shares[number] + carried, below))
            carried = 0
        if number < grace:
            parts.append(0)
            continue
        charge = charges[number]
        if by_parts:
            part = even[number - grace]
        else:
            exact = amount * weights[number - grace] + charge * whole
            part = to_step(exact, whole * step) * step - charge
        if number == last or (kept is not None and part >= owed):
            parts.append(owed)
            break
        if part < 0:
            raise InterestExceeds(number + 1, Money(part + charge), Money(charge))
        if part >= owed:
            raise RoundedTooCoarsely(terms.step, number + 1, last + 1)
        parts.append(part)
        owed -= part
    if terms.method is InterestMethod.MARGIN:
        charges[len(parts) - 1] += sum(charges[len(parts) :])
    charges = charges[: len(parts)]
    if kept is not None and terms.rounded_over is RoundedOver.TOTAL:
        _round_once(rows, charges)
    return parts, charges


def _charges(rows: Rows, weights: Sequence[int]) -> list[int]:
    """Return the interest of all rows where it does not hang on what is owed."""
    terms, carried = rows.terms, rows.carried
    if terms.method is InterestMethod.MARGIN:
        if rows.kept is not None:
            return list(rows.kept.charges)
        margin = terms.margin.units if rows.margin is None else rows.margin
        charges = _divided(terms, margin, weights, Rounding.HALF_EVEN)
        return [0] * rows.grace + charges
    if terms.method is not InterestMethod.FLAT:
        return []
    divide, base, below = DIVIDE[terms.rounding], rows.base, rows.below
    charges = [divide(base * share, below) for share in rows.shares]
    if carried:
        charges[0] = divide(base * rows.shares[0] + carried, below)
    if terms.rounded_over is RoundedOver.TOTAL and rows.kept is None:
        _round_once(rows, charges)
    return charges


def _round_once(rows: Rows, charges: list[int]) -> None:
    """Let the last row take what rounding row by row moved."""
    divide = DIVIDE[rows.terms.rounding]
    exact = rows.base * sum(rows.shares[: len(charges)]) + rows.carried
    total = divide(exact, rows.below)
    charges[-1] = total - sum(charges[:-1])
    if charges[-1] < 0:
        raise RoundedAboveTotal(Money(sum(charges[:-1])), Money(total))


def _divided(
    terms: Terms, amount: int, weights: Sequence[int], how: Rounding
) -> list[int]:
    """Divide by weights: spread to the unit, or rounded with the rest in the last."""
    if terms.remainder is Remainder.SPREAD:
        return [part.units for part in Money(amount).split(weights)]
    divide, whole = DIVIDE[how], sum(weights)
    parts = [divide(amount * weight, whole) for weight in weights[:-1]]
    rest = amount - sum(parts)
    if rest < 0:
        raise RoundedTooCoarsely(1, len(weights) - 1, terms.periods)
    return [*parts, rest]


def _annuity(rows: Rows) -> tuple[list[int], list[int]]:
    """Plan equal installments, of which interest leaves less and less."""
    terms = rows.terms
    if rows.kept is not None:
        return _paid_by(rows, rows.kept.installment)
    installment = annuity_installment(rows)
    if terms.remainder is Remainder.SPREAD:
        return _smoothest(rows, installment)
    return _paid_by(rows, installment)


def annuity_installment(rows: Rows) -> int:
    """Return the installment of an annuity, rounded to the step of its terms."""
    grace, below = rows.grace, rows.below
    above, under = installment_of(rows.owed, rows.shares[grace:], below)
    if rows.carried and not grace:
        worth = Fraction(rows.carried, below + rows.shares[0])
        exact = Fraction(above, under) * (1 + worth / rows.owed)
        above, under = exact.numerator, exact.denominator
    return _step(rows.terms, above, under)


def installment_of(lent: int, shares: Sequence[int], below: int) -> tuple[int, int]:
    """Return the exact installment of an annuity as two whole numbers.

    Source: the principal divided by the sum of what one unit in each row is worth
            at the beginning; for equal factors P·f·(1+f)^n / ((1+f)^n - 1).
    """
    rows, first = len(shares), shares[0]
    if not any(shares):
        return lent, rows
    if shares.count(first) == rows:
        grown = (below + first) ** rows
        return lent * first * grown, below * (grown - below**rows)
    worth, under = 0, 1
    for share in reversed(shares):
        worth, under = below * (under + worth), (below + share) * under
    return lent * under, worth


def _paid_by(rows: Rows, installment: int) -> tuple[list[int], list[int]]:
    """Let an installment pay a loan down; the last row takes what is left."""
    terms, shares, below = rows.terms, rows.shares, rows.below
    divide, grace, last = DIVIDE[terms.rounding], rows.grace, len(shares) - 1
    owed, carried, ends_early = rows.owed, rows.carried, rows.kept is not None
    charges: list[int] = []
    for share in shares[:grace]:
        charges.append(divide(owed * share + carried, below))
        carried = 0
    parts = [0] * grace
    for share in shares[grace:last]:
        charge = divide(owed * share + carried, below)
        carried = 0
        part = installment - charge
        if part < 0:
            number = len(parts) + 1
            raise InterestExceeds(number, Money(installment), Money(charge))
        if part >= owed:
            if not ends_early:
                raise RoundedTooCoarsely(terms.step, len(parts) + 1, last + 1)
            charges.append(charge)
            parts.append(owed)
            return parts, charges
        charges.append(charge)
        parts.append(part)
        owed -= part
    charges.append(divide(owed * shares[last] + carried, below))
    parts.append(owed)
    return parts, charges


NEARBY = (1, -1, 2, -2, 3, -3, 4, -4)
"""How many steps away an installment is looked for where the nearest is none."""


def _smoothest(rows: Rows, guess: int) -> tuple[list[int], list[int]]:
    """Find the multiple of the step whose last row differs least from it."""

    def tried(installment: int) -> tuple[int, tuple[list[int], list[int]]] | None:
        try:
            plan = _paid_by(rows, installment)
        except (InterestExceeds, RoundedTooCoarsely):
            return None
        return plan[0][-1] + plan[1][-1] - installment, plan

    step, best = rows.terms.step, tried(guess)
    for apart in NEARBY:
        if best is not None:
            break
        best = tried(guess + apart * step)
        if best is not None:
            guess += apart * step
    if best is None:
        return _paid_by(rows, guess)
    way = step if best[0] > 0 else -step
    while True:
        guess += way
        other = tried(guess)
        if other is None or abs(other[0]) > abs(best[0]):
            return best[1]
        if abs(other[0]) == abs(best[0]) and way > 0:
            return best[1]
        best = other
