"""The forms of standing orders."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from coopbook.errors import Conflict, Refused
from coopbook.savings.blocking import AccountAsleep, AccountBlocked
from coopbook.savings.rules import NotWithdrawable
from webui.forms import DateField, MoneyForm, OnceForm, needed
from webui.wording import tell

OF_THE_ACCOUNT = (AccountAsleep, AccountBlocked, NotWithdrawable)


class OrderForm(MoneyForm):
    """The account that pays a loan's dues, and from when."""

    dated = False
    account = SelectField(_l("Out of which savings?"), [needed()], coerce=int)
    on = DateField(_l("From"), [needed()])

    def show(self, refusal: Refused | Conflict) -> None:
        """Put what speaks of the account beside it."""
        if isinstance(refusal, OF_THE_ACCOUNT):
            self.account.errors = [*self.account.errors, tell(refusal)]
            return
        super().show(refusal)


class EndForm(OnceForm):
    """A standing order ends today."""


class RunForm(MoneyForm):
    """Every standing order is run for today."""

    dated = False
