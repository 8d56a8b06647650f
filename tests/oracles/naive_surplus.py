"""A surplus divided by hand, by long division; never imports coopbook."""

from fractions import Fraction


def handed(units, weights, floor, step):
    """Return parts rounded down to a step, then a step each by what was lost."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights), units
    parts, lost = [], []
    for weight in weights:
        share = Fraction(units) * Fraction(weight) / Fraction(whole)
        steps = share.numerator // (share.denominator * step)
        parts.append(steps * step)
        lost.append(share - steps * step)
    left = units - sum(parts)
    if not floor:
        while left >= step:
            best = None
            for place, much in enumerate(lost):
                if much > 0 and (best is None or much > lost[best]):
                    best = place
            if best is None:
                break
            parts[best] += step
            lost[best] = Fraction(0)
            left -= step
    return parts, left


def divided(units, percents, people, *, floor, step, others):
    """Return pools by name and each person's two parts."""
    names = [name for name, part in percents.items() if part]
    parts, left = handed(
        units - others, [percents[name] for name in names], floor, step
    )
    pools = dict(zip(names, parts, strict=True))
    if others or left:
        pools["reserve"] = pools.get("reserve", 0) + others + left
    own = []
    for place, name in enumerate(("capital", "patronage")):
        weights = [person[place] for person in people]
        found, rest = handed(pools.get(name, 0), weights, floor, step)
        own.append(found)
        if rest:
            pools[name] -= rest
            pools["reserve"] = pools.get("reserve", 0) + rest
    return pools, list(zip(*own, strict=True)) if people else []
