"""The tally and the pace of one area on one day, and of each assembly seat in it."""

from datetime import date
from math import floor

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaign import measures
from campaign.api.rates import Rated
from campaign.frames import Frame, find_frame, seats_shown, territory
from campaign.measures import Part
from campaign.progress import Progress
from zones import scope
from zones.models import AssemblySeat, District, LokSabhaSeat, Named

AREAS = ("zone", "lok_sabha_seat", "assembly_seat", "district")


class Asked(serializers.Serializer):
    """One area at most; none means the whole state."""

    zone = serializers.IntegerField(required=False, min_value=1, max_value=9999)
    lok_sabha_seat = serializers.IntegerField(required=False, min_value=1, max_value=9999)
    assembly_seat = serializers.IntegerField(required=False, min_value=1, max_value=9999)
    district = serializers.SlugField(required=False)
    on = serializers.DateField(
        required=False, help_text="A day that is past or today; today without it."
    )
    campaign = serializers.SlugField(required=False, help_text="The current one without it.")

    def validate_on(self, day: date) -> date:
        if day > self.context["today"]:
            raise serializers.ValidationError(_("This day is still ahead."))
        return day

    def validate(self, data: dict) -> dict:
        if sum(name in data for name in AREAS) > 1:
            raise serializers.ValidationError(_("Ask for one area at a time."))
        return data


class ProgressSerializer(serializers.Serializer):
    goal = serializers.IntegerField()
    expected = serializers.IntegerField(help_text="By the end of the day.")
    percent = serializers.IntegerField(allow_null=True, help_text="Rounded down.")
    remaining = serializers.IntegerField()
    days_left = serializers.IntegerField(help_text="The day itself and the due day included.")
    days_overdue = serializers.IntegerField()
    needed_per_day = serializers.IntegerField()
    pace = serializers.SerializerMethodField()
    forecast_on = serializers.DateField(allow_null=True)
    standing = serializers.CharField()

    def get_pace(self, progress: Progress) -> float | None:
        """Units a day over the last full days, rounded down to a tenth; null if it is too early."""
        return None if progress.pace is None else floor(progress.pace * 10) / 10


class PartSerializer(serializers.Serializer):
    number = serializers.IntegerField(source="place.number", required=False)
    name_hi = serializers.CharField(source="place.name_hi")
    name_en = serializers.CharField(source="place.name_en")
    booths = serializers.IntegerField(source="tally.booths")
    covered = serializers.IntegerField(source="tally.covered")
    proposed = serializers.IntegerField(source="tally.proposed")
    vacant = serializers.IntegerField(source="tally.vacant")
    verified = serializers.IntegerField(source="tally.verified")
    progress = ProgressSerializer()


class TallySerializer(serializers.Serializer):
    campaign = serializers.CharField()
    on = serializers.DateField()
    due_on = serializers.DateField()
    area = PartSerializer()
    assembly_seats = PartSerializer(many=True)


class TallyView(Rated):
    @extend_schema(parameters=[Asked], responses=TallySerializer)
    def get(self, request, state: str) -> Response:
        today = timezone.localdate()
        asked = Asked(data=request.query_params, context={"today": today})
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        frame = find_frame(state, wanted.get("on", today), wanted.get("campaign", ""))
        if frame is None or frame.main is None:
            raise Http404
        place, within = area_of(frame, wanted)
        if not scope.may(request.user, scope.Act.SEE_NUMBERS, place, on=today):
            raise Http404
        whole, parts = counted(frame, request.user, today, place, within)
        answer = {
            "campaign": frame.campaign.slug,
            "on": frame.on,
            "due_on": frame.main.due_on,
            "area": whole,
            "assembly_seats": parts,
        }
        return Response(TallySerializer(answer).data)


def area_of(frame: Frame, wanted: dict) -> tuple[Named, dict]:
    """The place that is asked for, and the filter on the seats in it."""
    state = frame.state
    if "zone" in wanted:
        land = territory(state, frame.on)
        zone = land.zone(wanted["zone"])
        if zone is None:
            raise Http404
        return zone, {"lok_sabha_seat__in": land.lok_sabha_ids(zone)}
    if "lok_sabha_seat" in wanted:
        seat = _found(LokSabhaSeat, state=state, number=wanted["lok_sabha_seat"])
        return seat, {"lok_sabha_seat": seat}
    if "assembly_seat" in wanted:
        seat = _found(AssemblySeat, state=state, number=wanted["assembly_seat"])
        return seat, {"pk": seat.pk}
    if "district" in wanted:
        return _found(District, state=state, slug=wanted["district"]), {}
    return state, {}


def _found(model: type[Named], **key) -> Named:
    place = model.objects.filter(**key).first()
    if place is None:
        raise Http404  # without a word of what was sought
    return place


def counted(frame: Frame, user, today: date, place: Named, within: dict) -> tuple[Part, list[Part]]:
    """The part that is the place, and its seats; of a district only the booths in it count."""
    seats = seats_shown(user, frame.state, today=today, **within)
    district = place if isinstance(place, District) else None
    count = measures.count(frame, seats, district)
    parts = count.by_seat_of(district, seats) if district else count.by_seat(seats)
    return count.whole(place), parts
