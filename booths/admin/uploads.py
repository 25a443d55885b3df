"""Lists by file: upload, preview, confirm, as django-import-export has it.

The bytes are read once for the preview and once for the import. Between the two they lie in a
folder of ours, known only to the session that uploaded them, and must still be the same.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from import_export.admin import ImportMixin
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldBooleanWidget

from booths import kept_uploads
from booths.kept_uploads import UPLOADS, KeptUpload
from booths.roll.decode import too_large
from booths.roll.limits import MAX_BYTES

KEPT = 3
SHOWN = 200


@dataclass(frozen=True)
class Upload:
    token: str
    file_name: str
    data: bytes
    options: dict  # what was chosen beside the file, as it was posted


class UploadForm(forms.Form):
    import_file = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy("CSV, XLSX, XLS or ODS"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file and file.size > MAX_BYTES:
            raise too_large(file.size)
        return file


class ConfirmForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)
    fingerprint = forms.CharField(widget=forms.HiddenInput)
    leave_out = forms.BooleanField(
        label=gettext_lazy("Leave the faulty rows out and import the others"),
        required=False,
        widget=UnfoldBooleanWidget,
    )
    retire_many = forms.BooleanField(
        label=gettext_lazy("Yes, retire so many booths"),
        required=False,
        widget=UnfoldBooleanWidget,
    )

    @property
    def decides_otherwise(self) -> bool:
        """Whether what was ticked is not what the preview was made with."""
        return False


class ListImport(ImportMixin):
    """`preview` says what a file would do, `carry_out` does it; both raise ValidationError where
    the file is not taken. A preview is a dictionary with counts, problems, fingerprint and more;
    `confirmed` are plain values, None before anything was decided."""

    import_template_name = "admin/list_import.html"
    upload_form: type[forms.Form] = UploadForm
    confirm_form_class = ConfirmForm

    def preview(self, request, upload: Upload, options: dict, confirmed: dict | None) -> dict:
        raise NotImplementedError

    def carry_out(self, request, upload: Upload, options: dict, confirmed: dict) -> dict[str, int]:
        raise NotImplementedError

    def said(self, counts: dict[str, int]) -> str:
        raise NotImplementedError

    def upload_form_kwargs(self, request) -> dict:
        return {}

    def options_form(self, request, data, files=None):
        return self.upload_form(data, files, **self.upload_form_kwargs(request))

    # The two steps

    def import_action(self, request, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, self.options_form(request, None))
        form = self.options_form(request, request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form)
        upload = self._keep(request, form.cleaned_data["import_file"])
        return self._preview_page(request, form, upload)

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        confirm = self.confirm_form_class(request.POST)
        upload = self._kept(request, confirm["token"].value() or "")
        if upload is None or not confirm.is_valid():
            messages.error(request, _("The file is no longer here. Upload it again."))
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")
        form = self.options_form(request, upload.options)
        form.fields["import_file"].required = False
        if not form.is_valid():
            return self._page(request, form)
        if confirm.decides_otherwise:
            return self._preview_page(request, form, upload, confirm, _look_again())
        try:
            counts = self.carry_out(request, upload, form.cleaned_data, confirm.cleaned_data)
        except ValidationError as refusal:
            return self._preview_page(request, form, upload, confirm, refusal)
        self._forget(request, upload.token)
        messages.success(request, self.said(counts))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _preview_page(self, request, form, upload, decided=None, refusal=None):
        confirmed = decided.cleaned_data if decided else None
        try:
            preview = self.preview(request, upload, form.cleaned_data, confirmed)
        except ValidationError as error:
            self._forget(request, upload.token)
            form.add_error("import_file", error.messages)
            return self._page(request, form)
        confirm = self.confirm_form_class(
            initial={
                **(confirmed or {}),
                **preview.get("ticked", {}),
                "token": upload.token,
                "fingerprint": preview["fingerprint"],
            }
        )
        preview |= {"confirm": confirm, "upload": upload}
        preview |= {"refusal": refusal.messages if refusal else []}
        return self._page(request, form, **preview)

    def _page(self, request, form, **context):
        context |= {
            **self.admin_site.each_context(request),
            "title": _("%(things)s from a file") % {"things": self.opts.verbose_name_plural},
            "model_options": self.opts,
            "form": form,
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.import_template_name, context)

    # Between the steps

    def _storage(self, name=None):
        return KeptUpload(name=name, read_mode="rb", encoding=None)

    def _keep(self, request, file) -> Upload:
        kept_uploads.remove_older(kept_uploads.PREVIEW, now=timezone.now())
        storage, data, token = self._storage(), file.read(), secrets.token_urlsafe(16)
        storage.save(data)
        known = request.session.get(UPLOADS, {})
        for old in list(known)[: len(known) - KEPT + 1]:
            kept_uploads.remove(known.pop(old)["stored"])
        options = {name: value for name, value in request.POST.items() if name in form_names(self)}
        known[token] = {
            "stored": storage.name,
            "file_name": file.name,
            "sha256": hashlib.sha256(data).hexdigest(),
            "options": options,
            "model": self.opts.label,
        }
        request.session[UPLOADS] = known
        return Upload(token, file.name, data, options)

    def _kept(self, request, token: str) -> Upload | None:
        """The upload of this session and kind of list, if its bytes are still what they were."""
        known = request.session.get(UPLOADS, {}).get(token)
        if known is None or known["model"] != self.opts.label:
            return None
        try:
            data = self._storage(known["stored"]).read()
        except OSError:
            return None
        if data is None or hashlib.sha256(data).hexdigest() != known["sha256"]:
            return None
        return Upload(token, known["file_name"], data, known["options"])

    def _forget(self, request, token: str) -> None:
        known = request.session.get(UPLOADS, {})
        if token in known:
            kept_uploads.remove(known.pop(token)["stored"])
            request.session[UPLOADS] = known


def _look_again() -> ValidationError:
    return ValidationError(
        _("With these ticks the import does something else. Nothing was imported yet; look again.")
    )


def form_names(admin) -> set[str]:
    return set(admin.upload_form.base_fields) - {"import_file"}
