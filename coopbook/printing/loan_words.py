"""How the terms of a loan are said on paper, in whole sentences."""

from __future__ import annotations

from collections.abc import Sequence

from coopbook.i18n import N_, say
from coopbook.loans import EARLY_NAMES, Installment, InterestMethod
from coopbook.loans.daycount import Unit
from coopbook.loans.replay import Early, Rules
from coopbook.loans.terms import Every
from coopbook.money import ZERO, Money
from coopbook.printing.certificate import percent_of
from coopbook.printing.loan_sheet import Speech, money

METHOD_SENTENCES = {
    InterestMethod.FLAT: N_("It is counted on the whole amount lent until the end."),
    InterestMethod.DECLINING: N_(
        "It is counted on the principal still owed, so it falls as that is paid."
    ),
    InterestMethod.ANNUITY: N_(
        "It is counted on the principal still owed; the installments stay equal."
    ),
    InterestMethod.BULLET: N_("It is paid each period, the principal at the end."),
    InterestMethod.BULLET_END: N_("It is paid once, with the principal, at the end."),
    InterestMethod.MARGIN: N_("A charge agreed in money takes its place."),
}
EVERY_NAMES = {
    Unit.DAY: (N_("every day"), N_("every %(count)s days")),
    Unit.WEEK: (N_("every week"), N_("every %(count)s weeks")),
    Unit.MONTH: (N_("every month"), N_("every %(count)s months")),
}


def installments(
    speech: Speech, plan: Sequence[Installment], every: Every | None
) -> str:
    """Say how many installments there are, when, and what they come to."""
    total = sum((each.total for each in plan), ZERO)
    interest = sum((each.interest for each in plan), ZERO)
    last = speech.day(plan[-1].due_on)
    if len(plan) == 1:
        once = N_("One installment on %(last)s: %(total)s.")
        return speech.say(once, last=last, total=money(total))
    often = speech.say(N_("on the days of the schedule"))
    if every is not None:
        one, more = EVERY_NAMES[every.unit]
        often = speech.say(one if every.count == 1 else more, count=every.count)
    many = N_(
        "%(count)s, %(every)s from %(first)s to %(last)s; %(total)s in all, of it "
        "%(interest)s interest."
    )
    return speech.say(
        many,
        count=len(plan),
        every=often,
        first=speech.day(plan[0].due_on),
        last=last,
        total=money(total),
        interest=money(interest),
    )


def late(speech: Speech, rules: Rules) -> str:
    """Say what being late costs."""
    if not rules.penalty_rate.share:
        return speech.say(N_("No penalty is asked."))
    rate = percent_of(rules.penalty_rate, speech.language)
    fine = N_(
        "A penalty of %(rate)s on what is late, from day %(day)s after it was due."
    )
    parts = [speech.say(fine, rate=rate, day=rules.grace_days + 1)]
    if rules.cap is not None:
        cap = N_("It is at most %(share)s of the installment.")
        parts.append(speech.say(cap, share=speech.percent(rules.cap)))
    if rules.tolerance:
        small = N_("What is left up to %(amount)s does not count as late.")
        parts.append(speech.say(small, amount=money(Money(rules.tolerance))))
    return " ".join(parts)


def early(speech: Speech, rules: Rules) -> str:
    """Say what ends the loan before its time."""
    rule = say(EARLY_NAMES[rules.early], speech.language)
    if rules.early is Early.MONTHS:
        rule += f" ({rules.early_months})"
    elif rules.early is Early.SHARE:
        rule += f" ({speech.percent(rules.early_share)})"
    said = N_("All principal still owed, penalties, and: %(rule)s.")
    return speech.say(said, rule=rule)
