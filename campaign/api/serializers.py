"""Shapes of the API: places by their numbers and names, never by database ids."""

from rest_framework import serializers

from booths.models import Booth
from zones.models import AssemblySeat, District, LokSabhaSeat, Zone


class ZoneSerializer(serializers.ModelSerializer):
    lok_sabha_seats = serializers.SlugRelatedField(slug_field="number", many=True, read_only=True)

    class Meta:
        model = Zone
        fields = ["number", "name_hi", "name_en", "lok_sabha_seats"]


class LokSabhaSeatSerializer(serializers.ModelSerializer):
    class Meta:
        model = LokSabhaSeat
        fields = ["number", "name_hi", "name_en", "reservation"]


class DistrictSerializer(serializers.ModelSerializer):
    class Meta:
        model = District
        fields = ["slug", "name_hi", "name_en"]


class AssemblySeatSerializer(serializers.ModelSerializer):
    lok_sabha_seat = serializers.SlugRelatedField(slug_field="number", read_only=True)
    district = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = AssemblySeat
        fields = ["number", "name_hi", "name_en", "reservation", "lok_sabha_seat", "district"]


class BoothSerializer(serializers.ModelSerializer):
    assembly_seat = serializers.SlugRelatedField(slug_field="number", read_only=True)
    sector = serializers.SlugRelatedField(slug_field="name_hi", read_only=True)
    district = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    cover = serializers.ChoiceField(choices=["covered", "proposed", "vacant"], read_only=True)
    is_verified = serializers.BooleanField(read_only=True)

    class Meta:
        model = Booth
        fields = [
            "assembly_seat",
            "number",
            "suffix",
            "name_hi",
            "name_en",
            "building",
            "locality",
            "sector",
            "district",
            "electors_male",
            "electors_female",
            "electors_third",
            "electors_total",
            "latitude",
            "longitude",
            "flags",
            "listed_on",
            "retired_on",
            "cover",
            "is_verified",
        ]
