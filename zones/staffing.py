"""Who is posted where: the only place where the office makes accounts, gives and ends postings,
opens and closes accounts.

The office changes nobody beyond its reach, no superuser and not itself; it may lay down postings
of its own, but not the last one by which it is the office. Every change first locks the account,
so that two at once cannot post somebody twice; and before it, for a zone, the state, so that no
other scheme comes into force meanwhile.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zones.accounts import sign_out_everywhere
from zones.mobiles import clean_mobile
from zones.models import POSTING_AREAS, ROLE_AREAS, Posting, SchemeTerm, State, User, Zone
from zones.scope import Act, may, users_served
from zones.usernames import free_username, is_of_erased, looks_like_a_mobile, stored

AREA_MODELS = {kind: Posting._meta.get_field(kind).related_model for kind in POSTING_AREAS}
EARLIEST = date(2000, 1, 1)
FURTHEST_AHEAD = timedelta(days=366)
PERSONAL = ("first_name", "last_name", "mobile", "email", "language")


def kind_of(area) -> str:
    """The name of the field of a posting that holds such a place."""
    return next(kind for kind, model in AREA_MODELS.items() if isinstance(area, model))


def may_change(user: User, *, by: User) -> bool:
    """Whether the account is one that its own reach would let `by` change at all."""
    return user.pk != by.pk and not user.is_superuser


def lock(user: User, *, by: User, on: date, own: bool = False) -> User:
    """The account as it is now, held to the end of the transaction; `own` allows one's own."""
    held = User.objects.select_for_update().filter(users_served(by, on), pk=user.pk).first()
    if held is None:
        raise ValidationError(_("This account is not yours to change."))
    if held.pk == by.pk and not own:
        raise ValidationError(
            _("This is your own account. Another user of the state office changes it.")
        )
    if held.is_superuser:
        raise ValidationError(_("The account of a superuser is not changed here."))
    return held


@transaction.atomic
def create_person(
    *,
    name: str,
    role: str,
    area,
    since: date,
    by: User,
    on: date,
    username: str = "",
    **personal,
) -> User:
    """A new account without a password, and its first posting. `personal`: mobile, email,
    language. Without a user name one is made from the name."""
    hold_zones(area)
    user = User(first_name=name, username=stored(username), **personal)
    user.mobile = clean_mobile(user.mobile)
    if not user.username:
        user.username = free_username(name, taken_usernames())
    user.set_unusable_password()
    check_username(user.username)
    _save(user)
    _begin(user, role=role, area=area, since=since, by=by, on=on)
    return user


def taken_usernames() -> set[str]:
    return {username.lower() for username in User.objects.values_list("username", flat=True)}


def check_username(username: str) -> None:
    """Refuses what would be taken for a mobile number, and what differs from another by case."""
    if looks_like_a_mobile(username):
        raise ValidationError(
            {"username": _("A user name of digits alone looks like a mobile number. Add a letter.")}
        )
    if is_of_erased(username) or User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": _("This user name is taken. Choose another.")})


def _check_mobile(user: User) -> None:
    others = User.objects.filter(mobile=user.mobile).exclude(pk=user.pk)
    if user.mobile and others.exists():
        raise ValidationError({"mobile": _("Another user signs in with this mobile number.")})


def _save(user: User) -> None:
    _check_mobile(user)
    user.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # somebody took the user name or the mobile number in this moment
        raise ValidationError(_("This user name or mobile number is taken.")) from None


@transaction.atomic
def correct_person(user: User, *, by: User, on: date, **personal) -> User:
    """Writes the personal data that are given, of those in PERSONAL."""
    held = lock(user, by=by, on=on)
    for field in set(PERSONAL) & set(personal):
        setattr(held, field, personal[field])
    held.mobile = clean_mobile(held.mobile)
    _save(held)
    return held


@transaction.atomic
def give_posting(user: User, *, role: str, area, since: date, by: User, on: date) -> Posting:
    hold_zones(area)
    held = lock(user, by=by, on=on)
    if not held.is_active:
        raise ValidationError(_("The account is closed. Open it first."))
    return _begin(held, role=role, area=area, since=since, by=by, on=on)


def _begin(user: User, *, role: str, area, since: date, by: User, on: date) -> Posting:
    check_fits(role, area)
    if not may(by, Act.MANAGE_USERS, area, on=on):
        raise ValidationError(_("This area is not yours to post people in."))
    check_day(since, on=on)
    must_last(area, on=max(since, on))
    if overlapping(user, role=role, area=area, since=since).exists():
        raise ValidationError(_("This person already has this posting."))
    return Posting.objects.create(user=user, role=role, since=since, **{kind_of(area): area})


def hold_zones(area) -> None:
    """Of a zone the state, as zones.schemes holds it to put another scheme in force."""
    if isinstance(area, Zone):
        State.objects.select_for_update().get(pk=area.scheme.state_id)


def must_last(area, *, on: date) -> None:
    """Refuses a zone that is none of the state's on the day, or whose scheme gives way to another
    after it: who were on it are handed on by then, and whoever came after would stay behind."""
    if not isinstance(area, Zone):
        return
    hold_zones(area)
    terms = SchemeTerm.objects.filter(state=area.scheme.state).order_by("from_on")
    now = terms.filter(from_on__lte=on).last()
    if now and now.scheme_id != area.scheme_id:
        raise ValidationError(
            _("%(zone)s is none of the zones of %(day)s. Enter this person in one of those."),
            params={"zone": area.name, "day": date_format(on)},
        )
    if later := terms.filter(from_on__gt=on).exclude(scheme=area.scheme).first():
        raise ValidationError(
            _("From %(day)s the state has other zones. Enter this person then, in one of those."),
            params={"day": date_format(later.from_on)},
        )


def check_fits(role: str, area) -> None:
    if kind_of(area) not in ROLE_AREAS[role]:
        kinds = [str(AREA_MODELS[kind]._meta.verbose_name) for kind in ROLE_AREAS[role]]
        raise ValidationError(
            _("%(role)s is posted on: %(kinds)s."),
            params={"role": Posting.Role(role).label, "kinds": ", ".join(kinds)},
        )


def check_day(day: date, *, on: date) -> None:
    if not EARLIEST <= day <= on + FURTHEST_AHEAD:
        raise ValidationError(_("Give a day from the year 2000 to a year from now."))


def overlapping(user: User, *, role: str, area, since: date) -> QuerySet[Posting]:
    """Postings of the same role and area that an endless one from `since` would overlap."""
    same = Posting.objects.filter(user=user, role=role, **{kind_of(area): area})
    return same.filter(Q(until=None) | Q(until__gt=since) & Q(until__gt=F("since")))


@transaction.atomic
def end_posting(posting: Posting, *, until: date, by: User, on: date) -> Posting:
    """`until` is the first day on which it no longer holds."""
    lock(posting.user, by=by, on=on, own=True)
    held = _standing(posting, on=on)
    if posting.user_id == by.pk and is_last_office(held, on=on):
        raise ValidationError(
            _("This is your own last posting in the state office. Ending it would lock you out.")
        )
    return _end(held, until=until, on=on)


def is_last_office(posting: Posting, *, on: date) -> bool:
    """Whether the user is of no state office without this posting."""
    office = Posting.Role.STATE_OFFICE
    if posting.role != office:
        return False
    theirs = Posting.objects.current(on).filter(user=posting.user_id, role=office)
    return not theirs.exclude(pk=posting.pk).exists()


def _standing(posting: Posting, *, on: date) -> Posting:
    """Of an account that is held: all its postings are within the reach, else it were not."""
    held = Posting.objects.get(pk=posting.pk)
    if held.until is not None and held.until <= on:
        raise ValidationError(_("This posting has ended already."))
    return held


def _end(posting: Posting, *, until: date, on: date) -> Posting:
    check_day(until, on=on)
    if until < posting.since:
        raise ValidationError(_("The posting ends before it begins."))
    if after := posting.handed_on_to:
        if until > posting.until:
            raise ValidationError(
                _("From %(day)s this posting goes on in %(zone)s. End it there."),
                params={"day": date_format(posting.until), "zone": after.zone.name},
            )
        if until < posting.until:
            _take_back(posting)
    posting.until = until
    posting.save(update_fields=["until"])
    return posting


def _take_back(posting: Posting) -> None:
    """Who leaves before being handed on does not begin in the zone that follows, nor in the one
    after, unless another posting goes on there too."""
    after, posting.handed_on_to = posting.handed_on_to, None
    posting.save(update_fields=["handed_on_to"])
    if after and not after.handed_on_from.exists():
        _take_back(after)
        after.until = after.since
        after.save(update_fields=["until"])


@transaction.atomic
def move(posting: Posting, *, role: str, area, since: date, by: User, on: date) -> Posting:
    """Ends the posting on the day on which the new one begins."""
    hold_zones(area)
    held = lock(posting.user, by=by, on=on)
    old = _standing(posting, on=on)
    if (old.role, old.area) == (role, area):
        raise ValidationError(_("That is the posting that this person has. Choose another."))
    _end(old, until=since, on=on)
    return _begin(held, role=role, area=area, since=since, by=by, on=on)


@transaction.atomic
def hand_on(
    successors: Mapping[int, Zone | None], *, from_on: date, by: User, on: date
) -> list[Posting]:
    """From the day on, those posted on a zone, given by its id, are posted on the zone that
    succeeds it, or no more where there is none. Says whose postings are new."""
    rows = Posting.objects.filter(zone__in=list(successors)).order_by("user", "since", "pk")
    rows = rows.filter(Q(until=None) | Q(until__gt=from_on) & Q(until__gt=F("since")))
    _lock_all({posting.user_id for posting in rows})
    begun = []
    for old in rows.select_related("user", "zone__scheme__state"):
        if not may(by, Act.MANAGE_USERS, old.zone, on=on):
            raise ValidationError(_("This posting is not yours to change."))
        since, last = max(from_on, old.since), old.until
        zone = successors[old.zone_id]
        # Of two zones that become one, or from an earlier day: nobody is posted twice.
        if zone and not overlapping(old.user, role=old.role, area=zone, since=since).exists():
            begun.append(
                Posting.objects.create(
                    user=old.user, role=old.role, zone=zone, since=since, until=last
                )
            )
        old.until = since
        old.handed_on_to = next((each for each in begun if _goes_on(old, each, zone)), None)
        old.save(update_fields=["until", "handed_on_to"])
    return begun


def _goes_on(old: Posting, new: Posting, zone: Zone | None) -> bool:
    return (new.user_id, new.role, new.zone) == (old.user_id, old.role, zone)


def _lock_all(users: set[int]) -> None:
    list(User.objects.select_for_update().filter(pk__in=sorted(users)).order_by("pk"))


@transaction.atomic
def close_account(user: User, *, by: User, on: date) -> User:
    """Ends what postings and link there are, so that opening it again gives none of them back."""
    held = lock(user, by=by, on=on)
    for posting in held.postings.filter(Q(until=None) | Q(until__gt=on)):
        posting.until = max(on, posting.since)
        posting.save(update_fields=["until"])
    held.is_active, held.link_key = False, ""
    held.save(update_fields=["is_active", "link_key"])
    sign_out_everywhere(held)
    return held


@transaction.atomic
def open_account(user: User, *, by: User, on: date) -> User:
    held = lock(user, by=by, on=on)
    held.is_active = True
    held.save(update_fields=["is_active"])
    return held
