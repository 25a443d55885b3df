"""Erases whoever has stood nowhere for longer than personal data is kept; counts stay. Removes lists
that were uploaded a day ago and never confirmed, or whose import was stopped and not taken up."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from booths import erasure, kept_uploads, tasks
from zones.erasure import erase_user, overdue_users


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--days", type=int, default=erasure.RETENTION_DAYS, help="keep people so long"
        )
        parser.add_argument("--dry-run", action="store_true", help="list them, erase nobody")

    def handle(self, *, days, dry_run, **options):
        if days < 0:
            raise CommandError("Days are counted from 0.")
        on = timezone.localdate()
        agents = erasure.overdue_agents(on=on, days=days)
        members = erasure.overdue_members(on=on, days=days)
        users = overdue_users(on=on, days=days)
        # Codes and days, never names: what a command says ends up in logs.
        for agent in agents:
            since = agent.since or timezone.localdate(agent.entered_at)
            self.stdout.write(f"agent {agent.code}: nowhere since {since:%Y-%m-%d}")
        for member in members:
            self.stdout.write(f"team member {member.pk}: until {member.until:%Y-%m-%d}")
        for user in users:
            self.stdout.write(f"account {user.pk}: closed")
        if dry_run:
            self.stdout.write(
                f"Would erase {len(agents)} agents, {len(members)} team members, "
                f"{len(users)} accounts."
            )
            return
        now = timezone.now()
        kept_uploads.remove_older(kept_uploads.DAY, now=now)
        tasks.sweep(before=now - kept_uploads.DAY, at=now)
        done = sum(self._erase(erasure.erase, agent, on) for agent in agents)
        done_members = sum(self._erase(erasure.erase_member, member, on) for member in members)
        done_users = sum(self._erase(erase_user, user, on) for user in users)
        self.stdout.write(
            f"Erased {done} agents, {done_members} team members, {done_users} accounts."
        )

    def _erase(self, erase, person, on) -> bool:
        """Whoever was stood at a booth since the list was made is kept."""
        try:
            erase(person, on=on, by=None, reason=erasure.Reason.OVER)
        except ValidationError:
            return False
        return True
