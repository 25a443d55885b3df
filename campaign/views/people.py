"""The office's pages of people: the list, one person, a new one, and their postings."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.people_forms import (
    EndForm,
    FindForm,
    NewPersonForm,
    PersonForm,
    PostingForm,
    refuse,
)
from campaign.views.account_steps import steps_for
from campaign.views.desk import Desk, of_office
from campaign.views.visits import form_page
from zones import staffing
from zones.models import POSTING_AREAS, Look, Posting, User
from zones.people import found, people, waiting

PER_PAGE = 50


@require_safe
@of_office
def people_page(desk: Desk) -> HttpResponse:
    form = FindForm(desk.request.GET)
    form.is_valid()  # an unknown choice in the address is no choice
    said = form.cleaned_data
    rows = found(
        people(desk.user, desk.today),
        on=desk.today,
        search=said.get("q", ""),
        role=said.get("role", ""),
        standing=said.get("standing", ""),
    )
    paged = Paginator(rows, PER_PAGE).get_page(desk.request.GET.get("page"))
    desk.keep_look(Look.What.LIST, paged)
    query = desk.request.GET.copy()
    query.pop("page", None)
    return desk.page(
        "list.html",
        form=form,
        paged=paged,
        query=query.urlencode(),
        is_cut=any(said.values()),
        someone_waits=waiting(desk.user, desk.today).exists(),
    )


@require_safe
@of_office
def person_page(desk: Desk, pk: int) -> HttpResponse:
    person = desk.person(pk)
    postings = list(person.postings.select_related(*POSTING_AREAS).order_by("-since", "-pk"))
    over = [each for each in postings if each.until is not None and each.until <= desk.today]
    return desk.page(
        "person.html",
        person=person,
        postings=[each for each in postings if each not in over],
        over=over,
        held={posting.pk for posting in person.held},
        is_own=person.pk == desk.user.pk,
        may_change=desk.may_change(person),
        letter=desk.letter_to_show(person),
        steps=steps_for(person),
    )


@form_page
@of_office
def new_person(desk: Desk) -> HttpResponse:
    form = NewPersonForm(desk.request.POST or None, **desk.now, initial={"language": "hi"})
    if form.is_valid():
        try:
            person = staffing.create_person(**form.cleaned_data, **desk.now)
        except ValidationError as error:
            refuse(form, error)
        else:
            desk.show_once(desk.letter(person))
            desk.keep_act(person)
            return desk.to_person(person, _("The account is made. Hand over the link below."))
    return desk.page(
        "form.html",
        form=form,
        title=_("New person"),
        does=_("Make the account"),
        note=_("The person sets the password; you hand over a link for it in the next step."),
    )


@form_page
@of_office
def edit_person(desk: Desk, pk: int) -> HttpResponse:
    person = desk.person(pk)
    desk.must_change(person)
    initial = {
        "name": person.get_full_name(),
        "mobile": person.mobile,
        "email": person.email,
        "language": person.language,
    }
    form = PersonForm(desk.request.POST or None, initial=initial)
    if form.is_valid():
        said = dict(form.cleaned_data)
        said |= {"first_name": said.pop("name"), "last_name": ""}
        try:
            staffing.correct_person(person, **said, **desk.now)
        except ValidationError as error:
            refuse(form, error)
        else:
            return desk.to_person(person, _("The data are saved."))
    return _form_page(desk, person, form, _("Edit the data"), _("Save"))


@form_page
@of_office
def add_posting(desk: Desk, pk: int) -> HttpResponse:
    person = desk.person(pk)
    desk.must_change(person)
    form = PostingForm(desk.request.POST or None, **desk.now)
    if form.is_valid():
        try:
            staffing.give_posting(person, **form.cleaned_data, **desk.now)
        except ValidationError as error:
            refuse(form, error)
        else:
            return desk.to_person(person, _("The posting is given."))
    return _form_page(desk, person, form, _("Add a posting"), _("Give the posting"))


@form_page
@of_office
def move_posting(desk: Desk, pk: int, posting: int) -> HttpResponse:
    person = desk.person(pk)
    old = desk.posting(person, posting)
    desk.must_change(person)
    initial = {"role": old.role, "area": f"{old.area_kind}-{old.area_id}"}
    form = PostingForm(desk.request.POST or None, **desk.now, initial=initial)
    if form.is_valid():
        try:
            staffing.move(old, **form.cleaned_data, **desk.now)
        except ValidationError as error:
            refuse(form, error)
        else:
            return desk.to_person(person, _("The old posting ends and the new one begins."))
    note = _("The old posting ends on the day on which the new one begins.")
    return _form_page(desk, person, form, _("Move"), _("Move"), posting=old, note=note)


@form_page
@of_office
def end_posting(desk: Desk, pk: int, posting: int) -> HttpResponse:
    person = desk.person(pk)
    old = desk.posting(person, posting)
    form = EndForm(desk.request.POST or None, initial={"until": desk.today})
    if form.is_valid():
        try:
            staffing.end_posting(old, until=form.cleaned_data["until"], **desk.now)
        except ValidationError as error:
            refuse(form, error)
        else:
            return desk.to_person(person, _("The posting ends."))
    title = _("End the posting")
    return _form_page(desk, person, form, title, title, posting=old, is_grave=True)


def _form_page(
    desk: Desk,
    person: User,
    form,
    title: str,
    does: str,
    *,
    posting: Posting | None = None,
    **context,
) -> HttpResponse:
    return desk.page(
        "form.html",
        form=form,
        person=person,
        posting=posting,
        title=title,
        does=does,
        **context,
    )
