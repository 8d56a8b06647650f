"""The forms of the counter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, IntegerField, RadioField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import NumberRange, Optional

from coopbook.errors import Conflict, Refused
from coopbook.ledger.origins import NoRate
from coopbook.ledger.rules import Channel
from coopbook.loans import WISH_NAMES, Wish
from coopbook.proxies.rules import (
    GuardianNeeded,
    NotThisCard,
    ProxyEnded,
    ProxyRevoked,
)
from coopbook.savings.blocking import AccountAsleep, AccountBlocked
from webui.forms import (
    DateField,
    LineField,
    MoneyField,
    MoneyForm,
    Spoken,
    WrittenField,
    at_most,
    needed,
)
from webui.wording import exact, read_exact, tell

ROWS = 6
CHANNELS = [("cash", _l("In cash")), ("bank", _l("On the cooperative's bank account"))]
OF_THE_PROXY = (GuardianNeeded, NotThisCard, ProxyEnded, ProxyRevoked)
OF_THE_ACCOUNT = (AccountAsleep, AccountBlocked)


class ExactField(WrittenField):
    """A number with what follows the comma, read exactly: ``2.034,5``."""

    attributes: ClassVar[dict[str, str]] = {"inputmode": "decimal", "maxlength": "24"}

    def read(self, text: str) -> Any:
        return read_exact(text)

    def write(self, data: Any) -> str:
        return exact(data)


class CashForm(MoneyForm):
    """An amount of cash crossing the counter on a day."""

    account = SelectField(_l("Savings"), [needed()], coerce=int)
    amount = MoneyField(_l("Amount"), [needed()])
    on = DateField(_l("Date"), [needed()])


class BroughtForm(MoneyForm):
    """How money comes in, and who brings it when the member does not."""

    channel = SelectField(
        _l("How the money comes"), choices=lambda: CHANNELS, default="cash"
    )
    payer = LineField(_l("Who pays, if not the member"), [Optional(), at_most(100)])
    reference = LineField(_l("Reference of the transfer"), [Optional(), at_most(60)])

    @property
    def brought(self) -> dict[str, Any]:
        """What the service wants to know of it."""
        return {
            "channel": Channel(self.channel.data),
            "payer": self.payer.data or "",
            "reference": self.reference.data or "",
        }


class DepositForm(CashForm, BroughtForm):
    """Money that comes in: how much, or up to which month; from whom, and how."""

    amount = MoneyField(_l("Amount"), [Optional()])
    month = SelectField(_l("Pay up to"), [Optional()], validate_choice=False)


class ComingForm(MoneyForm):
    """Money that is taken out, by the member or by who may act for one."""

    by = RadioField(_l("Who is here?"), [needed()], coerce=int, default=0)

    def show(self, refusal: Refused | Conflict) -> None:
        """Put what speaks of the proxy, or of the account, beside it."""
        for kinds, name in ((OF_THE_PROXY, "by"), (OF_THE_ACCOUNT, "account")):
            if isinstance(refusal, kinds) and name in self:
                field = self._fields[name]
                field.errors = [*field.errors, tell(refusal)]
                return
        super().show(refusal)


class WithdrawalForm(ComingForm, CashForm):
    """Cash that goes out."""


class TransferForm(ComingForm):
    """Money that moves from one savings account to another."""

    account = SelectField(_l("From"), [needed()], coerce=int)
    to = SelectField(_l("To"), [needed()], coerce=int)
    number = IntegerField(
        _l("Number of the other member's account"), [Optional(), NumberRange(min=1)]
    )
    amount = MoneyField(_l("Amount"), [needed()])
    note = LineField(_l("What is it for?"), [Optional(), at_most(100)])
    on = DateField(_l("Date"), [needed()])


class PurposeRow(PlainForm):
    """A part of a remittance."""

    class Meta:
        """Let WTForms speak the reader's language."""

        def get_translations(self, form: object) -> Spoken:
            return Spoken()

    account = SelectField(_l("Savings"), [Optional()], coerce=int, default=0)
    amount = MoneyField(_l("Amount"), [Optional()])
    purpose = LineField(_l("What is it for?"), [Optional(), at_most(60)])


class RemittanceForm(MoneyForm):
    """Money sent home, split over up to six purposes."""

    payer = LineField(_l("Who sent it"), [needed(), at_most(100)])
    reference = LineField(_l("Reference of the transfer"), [needed(), at_most(60)])
    channel = SelectField(
        _l("How the money comes"), choices=lambda: CHANNELS, default="bank"
    )
    currency = LineField(_l("Currency"), [Optional(), at_most(3)])
    sent = ExactField(_l("Amount sent, in that currency"), [Optional()])
    rate = ExactField(_l("Rupiah for one unit of it"), [Optional()])
    rows = FieldList(FormField(PurposeRow), min_entries=ROWS, max_entries=ROWS)
    on = DateField(_l("Date"), [needed()])

    def show(self, refusal: Refused | Conflict) -> None:
        """Put what speaks of the rate beside the currency."""
        if isinstance(refusal, NoRate):
            self.currency.errors = [*self.currency.errors, tell(refusal)]
            return
        super().show(refusal)

    def fingerprint(self) -> str:
        """Return a digest of what is asked for, its parts included."""
        rows = [
            f"{row.account.data}|{row.amount.data}|{row.purpose.data}"
            for row in self.rows
        ]
        return super().fingerprint() + self.digest_of(rows)


class Preset:
    """A choice that is always made: its box is not called optional."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Leave the default where an older page sent nothing."""
        if field.data is None:
            field.data = field.default


INTO = "savings-"


class InstallmentForm(BroughtForm):
    """A payment on a loan; what is more than due may go into one of the savings."""

    loan = SelectField(_l("Loan"), [needed()], coerce=int)
    amount = MoneyField(_l("Amount"), [needed()])
    wish = SelectField(
        _l("What is more than due"),
        [Preset()],
        choices=lambda: [(wish.value, gettext(WISH_NAMES[wish])) for wish in Wish],
        default=Wish.NEXT.value,
    )
    on = DateField(_l("Date"), [needed()])

    def offer_savings(self, accounts: Iterable[tuple[int, str]]) -> None:
        """Offer the accounts of the member, each by its number and name."""
        self.wish.choices = [
            *(self.wish.choices or []),
            *(
                (
                    f"{INTO}{number}",
                    gettext("Into %(name)s %(number)s", name=name, number=number),
                )
                for number, name in accounts
            ),
        ]

    @property
    def saved_into(self) -> int | None:
        """The account that what is more than due goes into, if that is wished."""
        wish = str(self.wish.data or "")
        return int(wish.removeprefix(INTO)) if wish.startswith(INTO) else None


class ReversalForm(MoneyForm):
    """Why an entry is reversed, and on which day."""

    reason = LineField(_l("Why is it reversed?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])
