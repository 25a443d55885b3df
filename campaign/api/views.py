"""Read-only places and booths of a state, as far as the user sees their numbers."""

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from booths import tallies
from booths.models import Booth, Kind
from campaign.api import serializers
from campaign.api.imports import imports_lists
from campaign.api.rates import Rated
from zones import scope
from zones.models import AssemblySeat, District, LokSabhaSeat, State, Zone, ZoneSeat

ROUTES = ("tallies", "zones", "lok-sabha-seats", "districts", "assembly-seats", "booths")


class Page(LimitOffsetPagination):
    max_limit = 1000


class IndexView(Rated):
    """Where to go on: the schema, and each state in which the user is posted."""

    @extend_schema(responses={200: dict[str, str]})
    def get(self, request) -> Response:
        states = scope.states_seen(request.user, timezone.localdate()).order_by("code")
        here = request.build_absolute_uri(request.path)
        return Response(
            {"schema": f"{here}schema/"}
            | ({"imports": f"{here}imports/"} if imports_lists(request.user) else {})
            | {
                f"{state.slug} {name}": f"{here}{state.slug}/{name}/"
                for state in states
                for name in ROUTES
            }
        )


class OfState(Rated):
    """What lies in the state named in the address, cut to the seats that the user sees."""

    pagination_class = Page

    @cached_property
    def today(self):
        return timezone.localdate()

    @cached_property
    def state(self) -> State:
        """404 also for a state in which the user sees no seat: it must not be told apart."""
        seen = State.objects.filter(
            assembly_seats__in=scope.seats_seen(self.request.user, self.today)
        )
        state = seen.distinct().filter(code=self.kwargs["state"].upper()).first()
        if state is None:
            raise Http404
        return state

    def seats(self):
        return scope.seats_seen(self.request.user, self.today).filter(state=self.state)


class ZoneViewSet(OfState, ReadOnlyModelViewSet):
    """Zones of the scheme that is in force today."""

    queryset = Zone.objects.none()
    serializer_class = serializers.ZoneSerializer
    lookup_field = "number"

    def get_queryset(self):
        in_force = ZoneSeat.objects.in_force(self.state, self.today)
        seen = in_force.filter(lok_sabha_seat__assembly_seats__in=self.seats())
        zones = Zone.objects.filter(pk__in=seen.values("zone"))
        return zones.prefetch_related("lok_sabha_seats").order_by("number")


class LokSabhaSeatViewSet(OfState, ReadOnlyModelViewSet):
    queryset = LokSabhaSeat.objects.none()
    serializer_class = serializers.LokSabhaSeatSerializer
    lookup_field = "number"

    def get_queryset(self):
        seen = LokSabhaSeat.objects.filter(pk__in=self.seats().values("lok_sabha_seat"))
        return seen.order_by("number")


class DistrictViewSet(OfState, ReadOnlyModelViewSet):
    queryset = District.objects.none()
    serializer_class = serializers.DistrictSerializer
    lookup_field = "slug"

    def get_queryset(self):
        seen = District.objects.filter(pk__in=self.seats().values("district"))
        return seen.order_by("slug")


class PlaceNumberFilter(filters.NumberFilter):
    """A whole number of a place. The library's own filter takes decimals, and one such as
    -1e1000000 keeps a processor busy for a minute."""

    field_class = forms.IntegerField

    def __init__(self, **options):
        super().__init__(min_value=1, max_value=9999, **options)


class AssemblySeatFilter(filters.FilterSet):
    lok_sabha_seat = PlaceNumberFilter(field_name="lok_sabha_seat__number")
    district = filters.CharFilter(field_name="district__slug")

    class Meta:
        model = AssemblySeat
        fields = ["reservation", "lok_sabha_seat", "district"]


class AssemblySeatViewSet(OfState, ReadOnlyModelViewSet):
    queryset = AssemblySeat.objects.none()
    serializer_class = serializers.AssemblySeatSerializer
    filterset_class = AssemblySeatFilter
    lookup_field = "number"

    def get_queryset(self):
        return self.seats().select_related("lok_sabha_seat", "district").order_by("number")


class BoothFilter(filters.FilterSet):
    assembly_seat = PlaceNumberFilter(field_name="assembly_seat__number")
    number = PlaceNumberFilter()
    sector = filters.CharFilter(field_name="sector__name_hi")
    district = filters.CharFilter(field_name="district__slug")
    cover = filters.ChoiceFilter(
        choices=[(name, name) for name in ("covered", "proposed", "vacant")]
    )

    class Meta:
        model = Booth
        fields = ["assembly_seat", "number", "sector", "district", "cover"]


class BoothViewSet(OfState, ListModelMixin, GenericViewSet):
    """Booths on the list of today with their cover by booth agents; no person's data."""

    queryset = Booth.objects.none()
    serializer_class = serializers.BoothSerializer
    filterset_class = BoothFilter

    def get_queryset(self):
        booths = Booth.objects.filter(assembly_seat__in=self.seats()).listed(self.today)
        need = tallies.need_of(self.state.pk, Kind.BOOTH_AGENT)
        shown = tallies.with_status(booths, kind=Kind.BOOTH_AGENT, on=self.today, need=need)
        return shown.select_related("assembly_seat", "sector", "district").order_by(
            "assembly_seat__number", "number", "suffix"
        )
