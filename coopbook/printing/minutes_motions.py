"""What was put to a meeting, on paper: the words, the votes, the number."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph

from coopbook.i18n import N_
from coopbook.meetings import (
    MATTER_NAMES,
    MOTION_NAMES,
    WAY_NAMES,
    MotionMinutes,
    MotionState,
    Way,
)
from coopbook.meetings.voting import needed
from coopbook.printing import minutes_sheet as sheet
from coopbook.printing.minutes_sheet import style, text
from coopbook.printing.minutes_words import Spoken


def motions(paper: Spoken) -> list[Flowable]:
    """Return what was put, how it was decided, and its number."""
    story: list[Flowable] = [
        Paragraph(paper.say(N_("Motions and decisions")), sheet.HEADING)
    ]
    if not paper.of.motions:
        story.append(text(paper.say(N_("No motion was put."))))
    for one in paper.of.motions:
        first, *rest = _motion(paper, one)
        story += [KeepTogether([first, *rest[:2]]), *rest[2:]]
    return story


def _motion(paper: Spoken, one: MotionMinutes) -> list[Flowable]:
    heading = N_("Motion %(number)s. %(title)s (%(matter)s)")
    matter = paper.say(MATTER_NAMES[one.matter])
    named = paper.say(heading, number=one.number, title=one.title, matter=matter)
    words = escape(one.text, quote=False).replace("\n", "<br/>")
    story = [
        Paragraph(named, style(9.5, bold=True, spaceBefore=3 * mm)),
        text(words),
    ]
    if one.tally is None or one.quorum is None or one.way is None:
        open_ = N_("Not decided: no vote was taken.")
        return [*story, text(paper.say(open_))]
    there = N_("Quorum: %(share)s, so %(needed)s are needed; %(present)s took part.")
    story.append(
        text(
            paper.say(
                there,
                share=paper.share(one.quorum.share, one.quorum.eligible),
                needed=one.quorum.needed,
                present=one.quorum.present,
            )
        )
    )
    story += [text(line) for line in _votes(paper, one)]
    result = MOTION_NAMES[one.state]
    if one.state is MotionState.CARRIED:
        result = N_("Carried: decision %(label)s.")
    elif one.state is MotionState.LOST:
        result = N_("Not carried.")
    story.append(Paragraph(paper.say(result, label=one.decision), sheet.BOLD))
    return story


def _votes(paper: Spoken, one: MotionMinutes) -> list[str]:
    assert one.tally is not None and one.way is not None, "it was decided"
    tally, out_of = one.tally, one.out_of or 0
    if one.way is Way.CONSENSUS:
        agreed = N_("By consensus: all %(present)s who took part agreed.")
        return [paper.say(agreed, present=tally.present)]
    told = N_(
        "%(way)s: %(votes_for)s for, %(against)s against, %(abstained)s abstained, "
        "%(blank)s without a valid vote."
    )
    lines = [
        paper.say(
            told,
            way=paper.say(WAY_NAMES[one.way]),
            votes_for=tally.votes_for,
            against=tally.votes_against,
            abstained=tally.abstained,
            blank=tally.present - tally.cast,
        )
    ]
    if one.majority is not None and out_of:
        weighed = N_(
            "Needed: %(share)s, so %(needed)s. For: %(votes_for)s of %(out_of)s "
            "= %(fraction)s."
        )
        lines.append(
            paper.say(
                weighed,
                share=paper.share(one.majority, out_of),
                needed=needed(one.majority, out_of),
                votes_for=tally.votes_for,
                out_of=out_of,
                fraction=Fraction(tally.votes_for, out_of),
            )
        )
    return lines
