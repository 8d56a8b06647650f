"""The surplus: how it is divided, what if, the decision, handing it out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import decisions, members, surplus
from coopbook.book import Book
from coopbook.surplus import (
    Activity,
    CapitalBase,
    Of,
    Policy,
    Pool,
    Spread,
    SurplusDistribution,
)
from coopbook.surplus.rules import NoPolicy, kept, read, written
from webui.acts import Act, answer
from webui.annual import bp
from webui.annual.closing import of_members, trail
from webui.annual.forms import MAY_BE_OUT, ApproveForm, HandOutForm, PolicyForm
from webui.annual.views import checked
from webui.desk import Done, Preview, current_book, put, today
from webui.policy import asked_number
from webui.wording import tell

SHOWN = 40


@bp.get("/year/<int:year>/surplus")
def sharing(year: int) -> ResponseReturnValue:
    """Show what each pool and each member gets: decided, or as it would be."""
    checked(year)
    after = asked_number("after") or 0
    row = surplus.distribution_of(current_book, year)
    policy, found, refused = None, None, ""
    try:
        policy = surplus.policy_row(current_book, year)
        if row is None:
            found = surplus.draft(current_book, year)
    except (NoPolicy, surplus.Deficit, surplus.NothingEarned) as refusal:
        refused = tell(refusal)
    own = _own(row, found, after)
    names = members.names_of(current_book)
    return render_template(
        "annual/surplus.html",
        year=year,
        row=row,
        posted=row is not None and surplus.is_posted(current_book, row),
        policy=policy,
        parts=_parts(current_book, year),
        found=found,
        refused=refused,
        pools=_pools(row, found),
        pool_names=surplus.POOL_NAMES,
        own=own[:SHOWN],
        more=len(own) > SHOWN,
        names=names,
        decision=_decision(row),
        uncovered=surplus.uncovered(current_book, today()),
    )


def _decision(row: SurplusDistribution | None) -> str:
    if row is None:
        return ""
    return decisions.decision(current_book, row.decision_number).label


def _parts(book: Book, year: int) -> dict[Pool, str]:
    try:
        policy = surplus.policy_of(book, year)
    except NoPolicy:
        return {}
    return {pool: written(part) for pool, part in policy.of_whole().items()}


def _own(row: Any, found: Any, after: int) -> list[dict[str, Any]]:
    """Return the members' parts after a number, whichever there are."""
    if row is not None:
        return [
            {
                "member": one.member_number,
                "capital": one.capital,
                "patronage": one.patronage,
                "total": one.total,
            }
            for one in surplus.shares_of(current_book, row)
            if one.member_number > after
        ]
    if found is None:
        return []
    return [
        {
            "member": one.base.member,
            "capital": one.capital,
            "patronage": one.patronage,
            "total": one.total,
        }
        for one in found.division.shares
        if one.base.member > after
    ]


def _pools(row: Any, found: Any) -> dict[Pool, Any]:
    if row is not None:
        return surplus.pools_of(current_book, row)
    return found.division.pools if found is not None else {}


@bp.route("/year/<int:year>/surplus/policy", methods=["GET", "POST"])
def policy(year: int) -> ResponseReturnValue:
    """Try percentages out on the year's surplus, and write them down."""
    checked(year)
    form, outcome, tried = PolicyForm(data=_now(year)), None, None
    form.offer(goods=surplus.has_goods(current_book))
    if form.validate_on_submit():
        asked = None
        with form.showing_refusals():
            asked = _asked(form)
        if asked is not None:
            outcome = put(
                form,
                write_down,
                kept(asked),
                first_year=form.first_year.data,
                source=form.source.data or "",
                on=today(),
                sentence=_(
                    "From %(year)s on the surplus is divided so. Written in"
                    " %(source)s.",
                    year=form.first_year.data,
                    source=form.source.data,
                ),
            )
            if isinstance(outcome, Preview):
                tried = _tried(year, asked)
    act = Act(
        _("How the surplus is divided"),
        _("Write down"),
        url_for(".sharing", year=year),
        trail(year, _("Division")),
    )
    if isinstance(outcome, Done):
        return answer(form, outcome, act, _("Written down."))
    page = render_template(
        "annual/policy.html",
        form=form,
        preview=outcome,
        act=act,
        tried=tried,
        pools=[pool.value for pool in Pool],
        pool_names=surplus.POOL_NAMES,
        year=year,
    )
    return page, 422 if form.errors or form.refusals else 200


def write_down(
    book: Book, text: str, *, first_year: int, source: str, on: date
) -> surplus.SurplusPolicy:
    """Write a policy down that comes as its text."""
    return surplus.set_policy(
        book, read(text), first_year=first_year, source=source, on=on
    )


def _now(year: int) -> dict[str, Any]:
    """Return what the form begins with: the policy in force, or a usual one."""
    try:
        kept = surplus.policy_of(current_book, year)
    except NoPolicy:
        return {"first_year": year, "reserve": "40", "out_expelled": True}
    return {
        "first_year": year,
        **{pool.value: written(part) for pool, part in kept.parts.items()},
        "members_part": written(kept.members_part) if kept.members_part else None,
        "capital_base": kept.capital_base.value,
        "activity": kept.activity.value,
        "spread": kept.spread.value,
        "step": str(kept.step),
        "leavers": kept.leavers,
        "saved": kept.saved,
        **{f"out_{one.value}": one in kept.excluded for one in MAY_BE_OUT},
        "members_only": kept.members_only,
        "source": surplus.policy_row(current_book, year).source,
    }


def _asked(form: PolicyForm) -> Policy:
    def part(name: str) -> Fraction:
        said = form[name].data
        return surplus.percent(said) if said else Fraction(0)

    within = part("members_part")
    return surplus.check(
        Policy(
            {pool: part(pool.value) for pool in Pool if part(pool.value)},
            of=Of.MEMBERS_PART if within else Of.WHOLE,
            members_part=within,
            capital_base=CapitalBase(form.capital_base.data),
            activity=Activity(form.activity.data),
            spread=Spread(form.spread.data),
            step=int(form.step.data),
            leavers=form.leavers.data,
            saved=form.saved.data,
            excluded=form.excluded(),
            members_only=form.members_only.data,
        ),
        purchases=surplus.has_goods(current_book),
    )


def _tried(year: int, asked: Policy) -> Any:
    """Return what the year's surplus would come to, where there is one."""
    try:
        return surplus.draft(current_book, year, asked)
    except (surplus.Deficit, surplus.NothingEarned):
        return None


@bp.route("/year/<int:year>/surplus/decided", methods=["GET", "POST"])
def deciding(year: int) -> ResponseReturnValue:
    """Write down that the members decided on the surplus as it is drafted."""
    checked(year)
    form, outcome = ApproveForm(), None
    form.decision.choices = of_members(year)
    if not form.decision.choices:
        return render_template("annual/undecided.html", year=year), 200
    if form.validate_on_submit():
        outcome = put(
            form,
            decide,
            year,
            form.decision.data,
            sentence=_(
                "The members decided on the surplus of %(year)s as drafted. It can be"
                " handed out.",
                year=year,
            ),
        )
    act = Act(
        _("The members decided on the surplus of %(year)s", year=year),
        _("Write down"),
        url_for(".sharing", year=year),
        trail(year, _("Decision")),
        lead=_("The parts are fixed as the draft shows them now."),
    )
    return answer(form, outcome, act, _("Written down."))


def decide(book: Book, year: int, number: int) -> SurplusDistribution:
    """Decide on a surplus by the decision of a number."""
    chosen = decisions.decision(book, number)
    return surplus.approve(book, year, chosen, on=today())


@bp.route("/year/<int:year>/surplus/handing-out", methods=["GET", "POST"])
def handing_out(year: int) -> ResponseReturnValue:
    """Post a decided surplus to its funds and to the members' cards."""
    checked(year)
    form, outcome = HandOutForm(on=today()), None
    row = surplus.distribution_of(current_book, year)
    if form.validate_on_submit():
        outcome = put(
            form,
            surplus.post_surplus,
            year,
            on=form.on.data,
            amount_shown=row.surplus if row is not None else None,
            sentence=_(
                "The surplus of %(year)s goes to its funds, and each member's part to"
                " the member's card.",
                year=year,
            ),
        )
    act = Act(
        _("Hand the surplus of %(year)s out", year=year),
        _("Post it"),
        url_for(".sharing", year=year),
        trail(year, _("Hand out")),
    )
    said = _("The surplus of %(year)s is handed out.", year=year)
    return answer(form, outcome, act, said)
