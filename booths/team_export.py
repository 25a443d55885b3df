"""The members of today's teams as a list that can be imported again."""

from datetime import date

from django.db.models import QuerySet
from import_export import fields, resources

from booths.imports import Iso
from booths.masking import covered, shown
from booths.models import TeamMember
from booths.team_list import COLUMNS
from zones.models import User
from zones.scope import Act, teams_served


class TeamMemberResource(resources.ModelResource):
    """Mobiles in full in the rows in which the user calls people: each by one posting that covers
    its team."""

    state = fields.Field(column_name="state")
    assembly_seat = fields.Field(column_name="assembly_seat")
    level = fields.Field(attribute="post__level", column_name="level")
    team = fields.Field(column_name="team")
    post = fields.Field(attribute="post__name_hi", column_name="post")
    mobile = fields.Field(column_name="mobile")
    since = fields.Field(attribute="since", column_name="since", widget=Iso())

    class Meta:
        model = TeamMember
        fields = COLUMNS
        export_order = COLUMNS
        chunk_size = 2000

    def __init__(self, user: User | None = None, on: date | None = None, **kwargs):
        super().__init__(**kwargs)
        self.user, self.on = user, on

    def filter_export(self, queryset, **kwargs) -> QuerySet[TeamMember]:
        if self.user is None or self.on is None:
            return queryset.none()
        called = teams_served(self.user, Act.LIST_CONTACTS, self.on)
        return queryset.annotate(with_mobile=covered(called)).select_related(
            "post",
            "zone__scheme__state",
            "block__assembly_seat__state",
            "sector__assembly_seat__state",
        )

    def dehydrate_state(self, member: TeamMember) -> str:
        place = member.sector or member.block
        return (place.assembly_seat if place else member.zone.scheme).state.code

    def dehydrate_assembly_seat(self, member: TeamMember) -> int | str:
        place = member.sector or member.block
        return place.assembly_seat.number if place else ""

    def dehydrate_team(self, member: TeamMember) -> int | str:
        place = member.sector or member.block
        return place.name_hi if place else member.zone.number

    def dehydrate_mobile(self, member: TeamMember) -> str:
        return shown(member.mobile, member.with_mobile)

    @classmethod
    def get_display_name(cls):
        return TeamMember._meta.verbose_name_plural
