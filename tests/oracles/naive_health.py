"""The health score again, the slow way: whole numbers only, one question at a time.

Written from the domain guide (8.1, 8.3, 8.4) alone.  Nothing here imports coopbook, and
nothing is divided before it is compared: whether a part is at most so many percent of a
whole is settled by multiplying both out.  Points are whole hundredths.
"""

# What the guide's table says, in its own order: for each ratio the limits with the
# points up to them in hundredths, and the points beyond the last (None: nothing said).
# "at" is in the lower band as printed, "to" is not, "pin" is in it by every copy.
TABLE = {
    "1a": [
        "pin 0 0",
        "at 20 150",
        "at 40 300",
        "at 60 600",
        "at 80 300",
        "pin 100 150",
    ],
    "1b": [
        *("pin 0 0", "at 10 60", "at 20 120", "at 30 180", "at 40 240", "at 50 300"),
        *("at 60 360", "at 70 420", "at 80 480", "at 90 540", "else 600"),
    ],
    "1b-shifted": [
        *("to 10 0", "to 20 60", "to 30 120", "to 40 180", "to 50 240", "to 60 300"),
        *("to 70 360", "to 80 420", "to 90 480", "to 100 540", "else 600"),
    ],
    "1c": ["to 4 0", "to 6 150", "to 8 225", "else 300"],
    "2a": ["at 25 0", "at 50 500", "at 75 750", "else 1000"],
    "2b": [
        *("pin 0 500", "at 10 400", "at 20 300", "at 30 200"),
        *("at 40 100", "at 45 50", "else 0"),
    ],
    "2c": [
        *("pin 0 0", "at 10 50", "at 20 100", "at 30 150", "at 40 200", "at 50 250"),
        *("at 60 300", "at 70 350", "at 80 400", "at 90 450", "else 500"),
    ],
    "2d": ["at 21 500", "at 25 375", "at 30 250", "else 125"],
    "4a": ["to 90 400", "to 95 300", "to 100 200", "else 100"],
    "4b": ["at 40 400", "at 60 300", "at 80 200", "else 100"],
    "4c": ["at 5 200", "at 10 150", "at 15 100", "else 0"],
    "5a": ["at 10 250", "at 15 1000", "at 20 500", "else 250"],
    "5b": ["to 60 125", "to 70 250", "to 80 375", "else 500"],
    "6a": ["to 5 75", "to 7.5 150", "to 10 225", "else 300"],
    "6b": ["to 3 75", "to 4 150", "to 5 225", "else 300"],
    "6c": ["at 100 0", "else 400"],
    "7a": ["to 25 175", "to 50 350", "to 75 525", "else 700"],
    "7b": ["to 5 0", "to 7.5 150", "to 10 225", "else 300"],
}
ASPECTS = {
    "capital": ("1a", "1b", "1c"),
    "asset_quality": ("2a", "2b", "2c", "2d"),
    "efficiency": ("4a", "4b", "4c"),
    "liquidity": ("5a", "5b"),
    "growth": ("6a", "6b", "6c"),
    "identity": ("7a", "7b"),
}
FULL = {
    code: max(int(step.split()[-1]) for step in steps) for code, steps in TABLE.items()
}
QUESTIONS = {
    "general": (12, 25),
    "institution": (6, 50),
    "capital": (5, 60),
    "assets": (10, 30),
    "liquidity": (5, 60),
}
"""How many questions, and what a yes is worth in hundredths."""


def tenths(text):
    """``"7.5"`` in tenths of a percent."""
    whole, _, part = text.partition(".")
    return int(whole) * 10 + int(part or 0)


def whole_percents(part, whole, how):
    """A percentage counted up, percent by percent, from below the least it can be."""
    percent = 0
    far = abs(part)
    while (percent + 1) * whole <= far * 100:
        percent += 1
    rest = far * 100 - percent * whole
    if (how == "up" and rest > 0) or (how == "whole" and 2 * rest >= whole):
        percent += 1
    return percent if part >= 0 else -percent


def looked_up(code, part, whole, edge):
    """The hundredths a table gives to part ÷ whole; nothing where it says nothing."""
    for step in TABLE[code]:
        word, *limit, points = step.split()
        if word == "else":
            return int(points)
        apart = part * 1000 - tenths(limit[0]) * whole
        belongs = word in ("at", "pin")
        if word != "pin" and edge != "as_printed":
            belongs = edge == "at_most"
        if apart < 0 or (apart == 0 and belongs):
            return int(points)
    return None


def naive_points(code, part, whole, *, scoring, edge, rounding, risky):
    """The points of a ratio as (part, whole) of a fraction of a point, or nothing.

    ``part`` and ``whole`` are whole numbers, ``whole`` above nothing.
    """
    if rounding != "exact":
        part, whole = whole_percents(part, whole, rounding), 100
    if scoring != "bands" and code in ("1b", "2b", "2c"):
        # hundreds of a value are counted in part of whole: value = slope * percent
        start = {"1b": 0, "2c": 0, "2b": 90 if scoring == "annex" else 100}[code]
        slope = -2 if code == "2b" else 1
        value = start * whole + slope * part * 100
        value = min(max(value, 0), 100 * whole)
        return value * FULL[code], whole * 100 * 100
    table = "1b-shifted" if code == "1b" and risky == "shifted" else code
    points = looked_up(table, part, whole, edge)
    return None if points is None else (points, 100)


def naive_predicate(part, whole, year):
    """The name of a total of part ÷ whole points."""
    names = {
        2016: [
            *((80, "healthy"), (66, "fairly_healthy"), (51, "supervised")),
            (None, "specially_supervised"),
        ],
        2009: [
            *((80, "healthy"), (60, "fairly_healthy"), (40, "less_healthy")),
            *((20, "unhealthy"), (None, "very_unhealthy")),
        ],
    }
    for least, name in names[year]:
        if least is None or part >= least * whole:
            return name
    raise AssertionError("unreachable")


def naive_management(ayes):
    """The hundredths of points for the ayes of each group of questions."""
    total = 0
    for group, (questions, worth) in QUESTIONS.items():
        for number in range(1, questions + 1):
            if number <= ayes.get(group, 0):
                total += worth
    return total


NO_FIGURE = {"P4", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R10", "R11", "R12"}
NO_FIGURE |= {f"S{n}" for n in range(1, 10)}
"""Goals of PEARLS that are words: minimal, the market's rate, enough for others."""


def naive_verdict(code, percent, inflation):
    """Whether a percentage reaches the goal of PEARLS, by the words of the guide."""
    if code in NO_FIGURE:
        return "no_goal"
    if code in ("P1", "P3"):
        reached = percent >= 100
    elif code == "P2":
        reached = percent >= 35
    elif code == "P5":
        reached = percent >= 75
    elif code == "P6":
        reached = percent >= 111
    elif code in ("E1", "E5"):
        reached = 70 <= percent <= 80
    elif code == "E2":
        reached = percent <= 16
    elif code == "E3":
        reached = percent <= 2
    elif code == "E4":
        reached = percent <= 0
    elif code == "E6":
        reached = 0 <= percent <= 5
    elif code == "E7":
        reached = percent <= 20
    elif code in ("E8", "E9", "L2"):
        reached = percent >= 10
    elif code in ("A1", "A2", "R9"):
        reached = percent <= 5
    elif code == "A3":
        reached = percent >= 200
    elif code == "L1":
        reached = 15 <= percent <= 20
    elif code == "L3":
        reached = percent < 1
    elif code == "S10":
        reached = percent >= 15
    elif code == "S11":
        reached = percent - inflation > 10
    else:
        raise ValueError(code)
    return "met" if reached else "missed"


def naive_category(code, percent):
    """The value of 1 (best) to 4 of the tool of 2021; nothing where it was not read."""
    if code == "answers":
        steps = (percent > 75, percent > 50, percent > 25)
    elif code == "loans":
        steps = (percent <= 75, percent <= 85, percent <= 95)
    elif code == "npl":
        steps = (percent <= 5, percent <= 10, percent <= 15)
    elif code == "independence":
        steps = (percent >= 120, percent >= 110, percent >= 100)
    elif code == "net":
        steps = (percent >= 15, percent >= 10, percent >= 5)
    elif code == "growth":
        steps = (percent >= 10, percent >= 7, percent >= 4)
    elif code == "roe":
        if percent < 0 or 2 * percent < 15:
            return None
        steps = (percent >= 10, True)
    else:
        raise ValueError(code)
    for value, reached in enumerate(steps, start=1):
        if reached:
            return value
    return 4
