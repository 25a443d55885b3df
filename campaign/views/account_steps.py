"""What the office does to an account: each step has a page that says what it does and asks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from campaign import handing_over
from campaign.views.desk import Desk, of_office
from zones import accounts, erasure, staffing
from zones.models import User


@dataclass(frozen=True)
class Step:
    title: Promise
    note: Promise  # what it does, said before it is done
    done: Promise
    act: Callable[[Desk, User], object]
    is_grave: bool = False
    fits: Callable[[User], bool] = lambda person: True


STEPS = {
    "sign-out": Step(
        gettext_lazy("Sign out everywhere"),
        gettext_lazy("Whoever is signed in with this account, on any device, has to sign in anew."),
        gettext_lazy("The account is signed out everywhere."),
        lambda desk, person: accounts.sign_out_everywhere(person),
    ),
    "unlock": Step(
        gettext_lazy("Unlock"),
        gettext_lazy("Forgets failed sign-ins, so that the next right password is let in."),
        gettext_lazy("The account is unlocked."),
        lambda desk, person: accounts.unlock(person),
    ),
    "forget-second-factor": Step(
        gettext_lazy("Forget the second factor"),
        gettext_lazy(
            "For a lost phone. The password is forgotten too: hand over a link next, with which the "
            "person sets up both anew. Make sure that it is this person who asks."
        ),
        gettext_lazy("Second factor and password are forgotten. Now make a link and hand it over."),
        lambda desk, person: accounts.forget_second_factor(person),
        is_grave=True,
    ),
    "close": Step(
        gettext_lazy("Close the account"),
        gettext_lazy(
            "Ends all postings today, signs the person out and lets nobody in. "
            "What the person has entered stays."
        ),
        gettext_lazy("The account is closed and its postings have ended."),
        lambda desk, person: staffing.close_account(person, **desk.now),
        is_grave=True,
        fits=lambda person: person.is_active,
    ),
    "open": Step(
        gettext_lazy("Open the account again"),
        gettext_lazy(
            "The password of before holds again. Postings do not come back: give new ones."
        ),
        gettext_lazy("The account is open. Now give a posting."),
        lambda desk, person: staffing.open_account(person, **desk.now),
        fits=lambda person: not person.is_active and not erasure.is_erased(person),
    ),
    "erase": Step(
        gettext_lazy("Erase the account"),
        gettext_lazy(
            "Name, user name, mobile and e-mail are removed and cannot be brought back. "
            "What the person has entered stays."
        ),
        gettext_lazy("The account is erased."),
        lambda desk, person: erasure.erase_user(person, **desk.now, reason="asked"),
        is_grave=True,
        fits=lambda person: not person.is_active and not erasure.is_erased(person),
    ),
}


def steps_for(person: User) -> list[tuple[str, Step]]:
    return [(name, step) for name, step in STEPS.items() if step.fits(person)]


@require_http_methods(["GET", "HEAD", "POST"])
@of_office
def account_step(desk: Desk, pk: int, step: str) -> HttpResponse:
    person = desk.person(pk)
    if step not in STEPS:
        raise Http404
    desk.must_change(person)
    chosen = STEPS[step]
    if not chosen.fits(person):
        return desk.to_person(person)
    if desk.request.method != "POST":
        return desk.page("step.html", person=person, step=chosen)
    try:
        with transaction.atomic():
            chosen.act(desk, person)
            desk.keep_act(person)
    except ValidationError as error:
        messages.error(desk.request, " ".join(error.messages))
        return desk.to_person(person)
    return desk.to_person(person, str(chosen.done))


@require_http_methods(["GET", "HEAD", "POST"])
@of_office
def new_link(desk: Desk, pk: int) -> HttpResponse:
    """Makes a link and shows it once; or sends it, where there is a mail server."""
    person = desk.person(pk)
    desk.must_change(person)
    if desk.request.method != "POST":
        return desk.page("link.html", person=person, may_mail=handing_over.may_mail(person))
    try:
        letter = desk.letter(person)
    except ValidationError as error:
        messages.error(desk.request, " ".join(error.messages))
        return desk.to_person(person)
    desk.keep_act(person)
    desk.show_once(letter)
    if "mail" in desk.request.POST and handing_over.may_mail(person):
        return desk.to_person(person, _sent(letter))
    return desk.to_person(person)


def _sent(letter: handing_over.Letter) -> str:
    try:
        handing_over.mail(letter)
    except OSError:
        return _("The mail server did not take the letter. Hand over the link below.")
    return _("The link is sent to %(address)s.") % {"address": letter.person.email}
