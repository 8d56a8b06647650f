"""A passbook at the desk: the page in the printer, what goes onto it, what is on it."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import members, savings
from coopbook.printing.certificate import certificate_of, certificate_pdf, deposit
from coopbook.printing.cover import cover_of, cover_pdf
from coopbook.printing.passbook import lines_pdf
from coopbook.savings import SavingsAccount, passbooks
from coopbook.savings.model import Passbook
from coopbook.savings.passbooks import PassbookLine, Pending, rules
from coopbook.savings.rules import WHY_NAMES, PassbookPaper, WhyBook
from webui.desk import cooperative, current_book, once, today
from webui.policy import asked_number
from webui.printing import bp
from webui.printing.forms import AgainForm, BookForm, PrintedForm

PAPERS = {PassbookPaper.A6: "A6, 105 × 148 mm", PassbookPaper.LARGE: "140 × 200 mm"}


@bp.get("/savings/<int:number>/book")
def passbook(number: int) -> ResponseReturnValue:
    """Show which book an account has, the page to print on, and what goes onto it."""
    return _shown(savings.account(current_book, number))


def _shown(
    account: SavingsAccount,
    printed: PrintedForm | None = None,
    again: AgainForm | None = None,
    issuing: BookForm | None = None,
) -> ResponseReturnValue:
    """Show the page, with the one form on it that the book refused."""
    books = passbooks.passbooks(current_book, account)
    now = passbooks.pending(current_book, account) if books else None
    sent = printed or again or issuing
    page = render_template(
        "printing/passbook.html",
        account=account,
        member=members.member(current_book, account.member_number),
        product=account.product,
        books=books,
        now=now,
        sheet=_sheet(account, now) if now else [],
        noted=_noted(account),
        papers=PAPERS,
        why_names=WHY_NAMES,
        printed=_printed_form(printed, now),
        again=again or _again_form(books, formdata=None),
        issuing=issuing or _book_form(now, formdata=None),
    )
    return page, 422 if sent is not None and (sent.errors or sent.refusals) else 200


def _sheet(account: SavingsAccount, now: Pending) -> list[PassbookLine]:
    """Return the lines of the page that is printed next, or was printed last."""
    on_paper = passbooks.lines_on_paper(current_book, account, now.passbook)
    page = now.page or (on_paper[-1].page if on_paper else 1)
    return [line for line in (*on_paper, *now.lines) if line.page == page]


def _noted(account: SavingsAccount) -> Any:
    """Return the reprint that was just noted, if the address names one."""
    number, book = asked_number("again"), asked_number("book")
    if number is None or book is None:
        return None
    of = passbooks.passbook(current_book, account, book)
    found = (row for row in passbooks.prints(current_book, of) if row.reason)
    return next((row for row in found if row.number == number), None)


def _printed_form(form: PrintedForm | None, now: Pending | None) -> PrintedForm:
    lines = now.next_page if now else ()
    if form is None:
        form = PrintedForm(formdata=None)
        form.of.data = now.passbook.number if now else None
        form.up_to.data = lines[-1].place if lines else None
    form.up_to.choices = [
        (
            line.place,
            _(
                "row %(row)s of this page: %(what)s",
                row=line.row,
                what=line.voucher or _("Balance carried over"),
            ),
        )
        for line in lines
    ]
    return form


def _again_form(books: list[Passbook], **kwargs: None) -> AgainForm:
    form = AgainForm(**kwargs)
    form.book.choices = [(row.number, str(row.number)) for row in reversed(books)]
    return form


def _book_form(now: Pending | None, **kwargs: None) -> BookForm:
    form = BookForm(**kwargs)
    form.why.choices = [
        (why.value, _(name))
        for why, name in WHY_NAMES.items()
        if (why is WhyBook.FIRST) is (now is None) or form.is_submitted()
    ]
    form.paper.choices = [(paper.value, said) for paper, said in PAPERS.items()]
    if now and not form.is_submitted():
        full = now.fills and not now.lines
        form.paper.data = now.passbook.paper.value
        form.why.data = (WhyBook.FULL if full else WhyBook.LOST).value
    return form


# -- what goes onto paper ------------------------------------------------------


@bp.get("/savings/<int:number>/book/lines.pdf")
def lines(number: int) -> Response:
    """Hand out the lines waiting for the page in the printer; nothing is noted."""
    account = savings.account(current_book, number)
    now = passbooks.pending(current_book, account)
    own, asked = now.passbook.number, asked_number("upto")
    if asked_number("book", own) != own:
        raise rules.AnotherBook(asked_number("book", own) or 0, own)
    if asked is not None and asked <= now.printed:
        raise rules.OnPaper(asked, now.printed)
    if not now.lines:
        raise (
            rules.BookFull(own) if now.fills else rules.NothingWaits(own, now.printed)
        )
    chosen = [one for one in now.next_page if asked is None or one.place <= asked]
    return _pdf(
        lines_pdf(chosen, now.passbook.paper, language=cooperative().language),
        f"{_('passbook')}-{number}-{own}-{chosen[0].place}.pdf",
    )


@bp.post("/savings/<int:number>/book/printed")
def printed(number: int) -> ResponseReturnValue:
    """Note up to which line the page came out of the printer."""
    account = savings.account(current_book, number)
    form = PrintedForm()
    form.up_to.choices = []  # the book says what waits, and in which book
    if form.validate_on_submit():
        with form.showing_refusals():
            row = once(
                *(form, passbooks.mark_printed, account),
                up_to=form.up_to.data,
                on=today(),
                book_number=form.of.data,
            )
            flash(
                _(
                    "Lines %(first)s to %(last)s are on paper.",
                    first=row.first,
                    last=row.last,
                )
            )
            return redirect(url_for(".passbook", number=number))
    return _shown(account, printed=form)


@bp.post("/savings/<int:number>/book/again")
def again(number: int) -> ResponseReturnValue:
    """Note why lines are printed again; the page then hands them out."""
    account = savings.account(current_book, number)
    form = _again_form(passbooks.passbooks(current_book, account))
    if form.validate_on_submit():
        with form.showing_refusals():
            row = once(
                *(form, passbooks.reprint, account),
                *(form.book.data, form.first.data, form.last.data),
                form.reason.data,
                on=today(),
            )
            at = url_for(
                ".passbook", number=number, book=row.book_number, again=row.number
            )
            return redirect(at)
    return _shown(account, again=form)


@bp.get("/savings/<int:number>/book/again.pdf")
def lines_again(number: int) -> Response:
    """Hand out the lines of a reprint, each page a sheet, as their reason was noted."""
    account = savings.account(current_book, number)
    row = _noted(account)
    if row is None:
        raise rules.NoSuchPrint(asked_number("again", 0) or 0)
    of = passbooks.passbook(current_book, account, row.book_number)
    on_paper = passbooks.lines_on_paper(current_book, account, of)
    return _pdf(
        lines_pdf(
            on_paper[row.first - 1 : row.last],
            of.paper,
            language=cooperative().language,
        ),
        f"{_('passbook')}-{number}-{of.number}-{row.first}.pdf",
    )


@bp.get("/savings/<int:number>/book/cover.pdf")
def cover(number: int) -> Response:
    """Hand out the front page of a book."""
    account = savings.account(current_book, number)
    last = passbooks.current(current_book, account)
    if last is None:
        raise rules.NoBookYet(number)
    asked = asked_number("book", last.number) or 0
    of = passbooks.passbook(current_book, account, asked)
    made = cover_pdf(cover_of(current_book, account, of))
    return _pdf(made, f"{_('passbook')}-{number}-{of.number}.pdf")


@bp.post("/savings/<int:number>/book/issue")
def issuing(number: int) -> ResponseReturnValue:
    """Issue a first book, or the next one."""
    account = savings.account(current_book, number)
    books = passbooks.passbooks(current_book, account)
    form = _book_form(passbooks.pending(current_book, account) if books else None)
    if form.validate_on_submit():
        with form.showing_refusals():
            row = once(
                *(form, passbooks.issue, account),
                paper=PassbookPaper(form.paper.data),
                on=today(),
                why=WhyBook(form.why.data),
            )
            flash(
                _(
                    "Passbook %(number)s is issued. Print its front page first.",
                    number=row.number,
                )
            )
            return redirect(url_for(".passbook", number=number))
    return _shown(account, issuing=form)


@bp.get("/deposits/<int:number>/certificate.pdf")
def certificate(number: int) -> Response:
    """Hand out the certificate of a term deposit."""
    made = certificate_of(current_book, deposit(current_book, number))
    return _pdf(certificate_pdf(made), f"{_('certificate')}-{made.serial}.pdf")


def _pdf(made: bytes, name: str) -> Response:
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
