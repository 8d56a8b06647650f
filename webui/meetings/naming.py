"""The words of meetings, decisions and documents, as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from coopbook import decisions, meetings
from coopbook.meetings.voting import Share
from webui.meetings import bp

NAMES: dict[type, Mapping[Any, str]] = {
    meetings.MeetingKind: meetings.KIND_NAMES,
    meetings.MeetingState: meetings.STATE_NAMES,
    meetings.Presence: meetings.PRESENCE_NAMES,
    meetings.Matter: meetings.MATTER_NAMES,
    meetings.Way: meetings.WAY_NAMES,
    meetings.Choice: meetings.CHOICE_NAMES,
    meetings.MotionState: meetings.MOTION_NAMES,
    decisions.DecisionBody: decisions.BODY_NAMES,
    decisions.DocumentKind: decisions.DOCUMENT_NAMES,
    decisions.DocumentState: decisions.STATE_NAMES,
}
COLOURS: dict[type, dict[Any, str]] = {
    meetings.MeetingState: {
        meetings.MeetingState.CALLED: "note",
        meetings.MeetingState.OPEN: "watch",
        meetings.MeetingState.CANCELLED: "late",
    },
    meetings.MotionState: {
        meetings.MotionState.OPEN: "note",
        meetings.MotionState.LOST: "late",
    },
    decisions.DocumentState: {
        decisions.DocumentState.ENDS_SOON: "watch",
        decisions.DocumentState.EXPIRED: "late",
        decisions.DocumentState.REPLACED: "note",
    },
}


def name_of(value: Any) -> str:
    """Say one of the words; the same word may mean two things, so its set decides."""
    return str(_(NAMES[type(value)][value]))


def choices(words: Any) -> list[tuple[str, str]]:
    """Return the words of a set for a field that chooses one."""
    return [(one.value, name_of(one)) for one in words]


def share_of(share: Share, whole: int | None = None) -> str:
    """Say a share: ``at least 2/3``, or of how many."""
    said = str(_(share.sentence)) % {"share": share.part}
    return said if whole is None else _("%(said)s of %(whole)s", said=said, whole=whole)


def colour_of(value: Any) -> str:
    """Return the kind of chip a state is shown in."""
    return COLOURS[type(value)].get(value, "")


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "name_of": name_of,
        "share_of": share_of,
        "colour_of": colour_of,
    }
