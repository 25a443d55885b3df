from django.urls import include, path
from rest_framework.routers import SimpleRouter

from campaign.api import views
from campaign.api.imports import ImportsView, ImportView
from campaign.api.rates import Schema
from campaign.api.tallies import TallyView

router = SimpleRouter()
router.register("zones", views.ZoneViewSet, "api-zone")
router.register("lok-sabha-seats", views.LokSabhaSeatViewSet, "api-lok-sabha-seat")
router.register("districts", views.DistrictViewSet, "api-district")
router.register("assembly-seats", views.AssemblySeatViewSet, "api-assembly-seat")
router.register("booths", views.BoothViewSet, "api-booth")

urlpatterns = [
    path("", views.IndexView.as_view(), name="api-index"),
    path("imports/", ImportsView.as_view(), name="api-imports"),
    path("imports/<int:pk>/", ImportView.as_view(), name="api-import"),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("<slug:state>/tallies/", TallyView.as_view(), name="api-tally"),
    path("<slug:state>/", include(router.urls)),
]
