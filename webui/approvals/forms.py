"""The forms of the inbox."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webui.forms import Form, LineField, at_most, needed


class ApproveForm(Form):
    """Approve exactly what was shown."""

    key = HiddenField()
    digest = HiddenField()


class RefuseForm(Form):
    """Refuse, with a reason."""

    key = HiddenField()
    reason = LineField(_l("Why is it refused?"), [needed(), at_most(200)])
