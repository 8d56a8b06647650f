"""A ratio: what is divided by what, where that comes from, and what it came to (pure).

Its formula is data: what is reckoned is what is shown, in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from coopbook.baddebts.classes import Mark
from coopbook.health.inputs import INPUT_NAMES, Input
from coopbook.i18n import N_
from coopbook.money import Money, Rounding, rounded

Amount = Money | int | Fraction
Figures = Mapping[Input, Amount]
"""What the books say at the end of a year, or in it: money, counts, weighted sums."""

Say = Callable[[str], str]
"""How a sentence is said to the reader; as it stands where nothing else is given."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, and how sure that is."""

    said: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Term:
    """A figure with its weight; of the year before where it says so."""

    input: Input
    weight: Fraction = Fraction(1)
    before: bool = False

    def name(self, say: Say = str) -> str:
        """Return what the figure is called."""
        name = say(INPUT_NAMES[self.input])
        if self.before:
            return say(N_("%(what)s of the year before")) % {"what": name}
        return name


Terms = tuple[Term, ...]


def end(*inputs: Input) -> Terms:
    """Return the figures of a year, to be added up."""
    return tuple(Term(each) for each in inputs)


def a_year_ago(each: Input) -> Terms:
    """Return a figure of the year before."""
    return (Term(each, before=True),)


def average(each: Input) -> Terms:
    """Return the mean of a figure at the beginning of a year and at its end."""
    half = Fraction(1, 2)
    return Term(each, half), Term(each, half, before=True)


def increase(each: Input) -> Terms:
    """Return by how much a figure grew in a year."""
    return Term(each), Term(each, Fraction(-1), before=True)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One thing divided by another; ``under`` is empty where a figure stands alone.

    ``most`` is where the source caps it: what is more is shown as this.
    """

    code: str
    name: str
    over: Terms
    under: Terms
    source: Source
    most: Fraction | None = None

    def formula(self, say: Say = str) -> str:
        """Return the formula in words, as it is reckoned.

        >>> from coopbook.health import RATIOS
        >>> print(RATIOS["2b"].formula())  # doctest: +NORMALIZE_WHITESPACE
        (50% × substandard loans + 75% × doubtful loans + loans that are loss)
            ÷ all loans
        """
        if not self.under:
            return _summed(self.over, say)
        return f"{_bracketed(self.over, say)} ÷ {_bracketed(self.under, say)}"

    def divisor(self, say: Say = str) -> str:
        """Return in words what is divided by."""
        return _summed(self.under, say)

    @property
    def inputs(self) -> tuple[Term, ...]:
        """The figures the ratio asks for, each once."""
        plain = ((term.input, term.before) for term in (*self.over, *self.under))
        return tuple(Term(each, before=past) for each, past in dict.fromkeys(plain))


def _summed(terms: Terms, say: Say) -> str:
    text = ""
    for term in terms:
        weight = abs(term.weight)
        part = term.name(say)
        if weight != 1:
            part = f"{decimal(weight * 100, 0)}% × {part}"
        sign = " − " if term.weight < 0 else " + "
        text += (sign if text else "−" if term.weight < 0 else "") + part
    return text


def _bracketed(terms: Terms, say: Say) -> str:
    text = _summed(terms, say)
    return f"({text})" if len(terms) > 1 else text


class Unread(StrEnum):
    """Why a ratio has no value."""

    MISSING = "missing"
    NOTHING = "nothing"
    BELOW_NOTHING = "below_nothing"


UNREAD_NAMES = {
    Unread.MISSING: N_("Not known: %(what)s."),
    Unread.NOTHING: N_("There is nothing to divide by: %(what)s is nil."),
    Unread.BELOW_NOTHING: N_("What is divided by is below nothing: %(what)s."),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a ratio came to, from which figures; no value says why.

    A divisor of nothing makes no ratio: no loans at all have no share that is late.
    Nor does one below nothing: costs over a gross loss are not *low* costs.
    """

    ratio: Ratio
    inputs: tuple[tuple[Term, Amount | None], ...]
    value: Fraction | None
    why: Unread | None = None
    capped: bool = False

    @property
    def percent(self) -> Fraction | None:
        """The value in percent, exactly."""
        return None if self.value is None else self.value * 100

    @property
    def missing(self) -> tuple[Term, ...]:
        """The figures that were asked for and are not known."""
        return tuple(term for term, amount in self.inputs if amount is None)

    def reason(self, say: Say = str) -> str:
        """Say why there is no value; nothing where there is one."""
        if self.why is None:
            return ""
        what = self.ratio.divisor(say)
        if self.why is Unread.MISSING:
            what = ", ".join(term.name(say) for term in self.missing)
        return say(UNREAD_NAMES[self.why]) % {"what": what}


def read(ratio: Ratio, figures: Figures, before: Figures | None = None) -> Reading:
    """Reckon a ratio from the figures of a year, and of the year before it.

    Rounding: none; the value is exact.

    >>> from coopbook.health import RATIOS
    >>> found = read(RATIOS["2a"], {
    ...     Input.MEMBER_LOANS: Money(16_650_000), Input.LOANS: Money(22_701_250)})
    >>> print(decimal(found.percent, 1))
    73.3
    """
    past: Figures = before or {}

    def amount(term: Term) -> Amount | None:
        return (past if term.before else figures).get(term.input)

    inputs = tuple((term, amount(term)) for term in ratio.inputs)
    if any(each is None for _, each in inputs):
        return Reading(ratio, inputs, None, Unread.MISSING)
    known = {(term.input, term.before): _number(each) for term, each in inputs}

    def total(terms: Terms) -> Fraction:
        parts = (known[term.input, term.before] * term.weight for term in terms)
        return sum(parts, Fraction(0))

    divisor = total(ratio.under) if ratio.under else Fraction(1)
    if divisor <= 0:
        why = Unread.BELOW_NOTHING if divisor else Unread.NOTHING
        return Reading(ratio, inputs, None, why)
    value = total(ratio.over) / divisor
    if ratio.most is not None and value > ratio.most:
        return Reading(ratio, inputs, ratio.most, capped=True)
    return Reading(ratio, inputs, value)


def read_all(
    ratios: Iterable[Ratio], figures: Figures, before: Figures | None = None
) -> list[Reading]:
    """Reckon several ratios from the same figures."""
    return [read(each, figures, before) for each in ratios]


def _number(amount: Amount | None) -> Fraction:
    assert amount is not None, "what is missing was looked for before"
    return Fraction(amount.units if isinstance(amount, Money) else amount)


def decimal(
    exact: Fraction, places: int = 2, how: Rounding = Rounding.HALF_UP
) -> Decimal:
    """Round an exact figure for showing; nothing is reckoned with it afterwards.

    Rounding: half up unless said otherwise, because that is how papers print.

    >>> print(decimal(Fraction(1, 3)), decimal(Fraction(105, 100), 1))
    0.33 1.1
    """
    return Decimal(rounded(exact * 10**places, how)).scaleb(-places)
