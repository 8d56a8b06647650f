"""The forms of the inbox."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webui.forms import LineField, OnceForm, at_most, needed


class ApproveForm(OnceForm):
    """Approve exactly what was shown."""

    digest = HiddenField()


class RefuseForm(OnceForm):
    """Refuse, with a reason."""

    reason = LineField(_l("Why is it refused?"), [needed(), at_most(200)])
