"""What a row of a list changes of a member who is in the team already, and what it may not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from booths.consent import recorded
from booths.masking import is_masked, masked
from booths.models import TeamMember
from booths.team_list import MemberLine

RECORDED = ("since", "origin", "consent_mode", "mobile")
Mode = TeamMember.ConsentMode


def change_to(line: MemberLine, member: TeamMember, on: date) -> None:
    """Post, spelling of the name, origin and mobile as the row has them; an empty cell wipes
    nothing. The day, and how consent to a number that stays was given, a list does not change."""
    said, wanted = line.said, {"post": line.post, "name": line.said["name"]}
    wanted |= {"origin": said["origin"]} if "origin" in said else {}
    if contradicted(line, member, ["mobile"]):
        wanted |= _with_mobile(line, member, on)
    elif "consent_mode" in said and not member.consent_mode:
        must_agree(line)
        wanted |= recorded(said["consent_mode"], on=on)
    elif contradicted(line, member, ["consent_mode"]):
        line.fault("consent_mode", elsewhere())
    if contradicted(line, member, ["since"]):
        line.fault("since", elsewhere())
    stored = {name: getattr(member, name) for name in wanted}
    line.changes = {n: (stored[n], new) for n, new in wanted.items() if new != stored[n]}


def _with_mobile(line: MemberLine, member: TeamMember, on: date) -> dict[str, Any]:
    """A new number; consent that was given before holds for it too."""
    mode = line.said.get("consent_mode", "")
    if member.consent_mode == Mode.WITHDRAWN:
        line.fault("mobile", withdrew())
    if mode or member.consent_mode not in TeamMember.GIVEN:
        must_agree(line)
    if is_masked(line.said["mobile"]):
        line.fault("mobile", elsewhere())
    is_new = mode and mode != member.consent_mode
    return {"mobile": line.said["mobile"]} | (recorded(mode, on=on) if is_new else {})


def contradicted(line: MemberLine, member: TeamMember, names: Sequence[str]) -> str:
    """The first of the columns in which the row says something else than is recorded."""
    for name in names:
        stored = getattr(member, name)
        if name in line.said and line.said[name] not in (stored, _as_listed(name, stored)):
            return name
    return ""


def _as_listed(name: str, stored: Any) -> Any:
    """A list that was exported with masked numbers says nothing of them."""
    return masked(stored) if name == "mobile" else stored


def must_agree(line: MemberLine) -> None:
    mode, mobile = line.said.get("consent_mode", ""), line.said.get("mobile", "")
    if is_masked(mobile):
        line.fault("mobile", _("Write the whole number, or leave it empty."))
    if mode and mode not in TeamMember.GIVEN:
        line.fault("consent_mode", _("Write how consent was given, or leave it empty."))
    if mobile and not mode:
        line.fault(
            "consent_mode",
            _(
                "Without consent only the name is kept. Say how consent was given, or leave "
                "the mobile empty."
            ),
        )


def elsewhere() -> str:
    return _("Something else is recorded. Change it on the member's page.")


def withdrew() -> str:
    return _(
        "A person of this name withdrew consent in this team. If they agreed again, enter them on "
        "the page of the team; else leave the mobile empty."
    )
