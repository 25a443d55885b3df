"""Lists that are being imported, or were: how far each is, and what came of it."""

from collections.abc import Container

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from booths import alive, tasks
from booths.admin.records import problem_said
from booths.import_progress import STOPPED, counts_of, standing_of
from booths.kept_uploads import UPLOADS
from booths.models import Agent, Booth, ImportJob, TeamMember
from zones.admin import ReadOnly, ScopedAdmin, today
from zones.models import User
from zones.scope import users_served

LISTED = {
    ImportJob.Content.BOOTHS: Booth,
    ImportJob.Content.AGENTS: Agent,
    ImportJob.Content.TEAMS: TeamMember,
}
PROBLEMS = 200  # on the page


@admin.register(ImportJob)
class ImportJobAdmin(ReadOnly, ScopedAdmin):
    list_display = ("file_name", "content", "stands", "came_of_it", "by", "asked_at")
    list_select_related = ("by",)
    list_filter = ("content", "status")
    search_fields = ("file_name",)
    fields = ("file_name", "content", "by", "asked_at")
    readonly_fields = fields
    change_form_template = "admin/import_job.html"

    def rows(self, request, act):
        """One's own, and those of the people whose accounts one manages."""
        managed = User.objects.filter(users_served(request.user, today(request)))
        return Q(by=request.user) | Q(by__in=managed.values("pk"))

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by", "batch").defer("data")

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/progress/", wrap(self.progress_view), name="booths_importjob_progress"),
            path("<int:pk>/again/", wrap(self.again_view), name="booths_importjob_again"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            for job in context["cl"].result_list:
                job.stopped = alive.is_stopped(job)
        return response

    @admin.display(description=gettext_lazy("status"))
    def stands(self, job):
        return STOPPED if job.stopped else job.get_status_display()

    @admin.display(description=gettext_lazy("outcome"))
    def came_of_it(self, job):
        return ", ".join(f"{label} {count}" for label, count in counts_of(job))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= self._shown(obj, request.session.get(UPLOADS, {})) | {
            "title": _("Import of a list")
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def progress_view(self, request, pk):
        """The part of the page that changes, for a page that asks for it again and again."""
        job = self._job(request, pk)
        return TemplateResponse(
            request, "admin/_import_job.html", self._shown(job, request.session.get(UPLOADS, {}))
        )

    @method_decorator(require_POST)
    def again_view(self, request, pk):
        job = self._job(request, pk)
        try:
            tasks.again(job)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("admin:booths_importjob_change", job.pk)

    def _job(self, request, pk: int) -> ImportJob:
        if not self.has_view_permission(request):
            raise PermissionDenied
        job = self.get_queryset(request).filter(pk=pk).first()
        if job is None:
            raise Http404
        return job

    def _shown(self, job: ImportJob, uploads: Container[str]) -> dict:
        """`uploads` are the tokens of those whose file the session still has."""
        name = LISTED[ImportJob.Content(job.content)]._meta.model_name
        problems = job.batch.problems if job.batch else []
        return {
            "job": job,
            "standing": standing_of(job),
            "counts": counts_of(job),
            "problems": [problem_said(problem) for problem in problems[:PROBLEMS]],
            "problems_total": len(problems),
            "list_address": reverse(f"admin:booths_{name}_changelist"),
            "upload_address": reverse(f"admin:booths_{name}_import"),
            "faults_link": reverse(f"admin:booths_{name}_faults", args=[job.token])
            if job.token in uploads
            else "",
        }
