"""Taking an agent in: cleaning of mobile and EPIC, the code, and likely duplicates.

Mobile and EPIC may be shared (one phone in a family): a duplicate is told, never refused.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from booths import codes
from booths.models import Agent
from zones.mobiles import DIGITS, clean_mobile

# Three letters of the seat, six digits and a check digit, or the older form with slashes.
EPIC = re.compile(r"[A-Z]{3}[0-9]{7}|[A-Z]{2}/[0-9]{1,3}/[0-9]{1,3}/[0-9]{3,7}")


def clean_epic(text: str) -> str:
    """Upper case without spaces; '' stays ''. Refuses what has neither form of an EPIC."""
    epic = re.sub(r"\s", "", text.translate(DIGITS)).upper()
    if epic and not EPIC.fullmatch(epic):
        raise ValidationError(
            _("“%(value)s” is not an EPIC number: three letters and seven digits."),
            params={"value": text},
        )
    return epic


def epic_check_fails(epic: str) -> bool:
    """Whether the check digit (Luhn) of a modern EPIC number is wrong: a warning only."""
    if len(epic) != 10:
        return False
    digits = [int(d) for d in epic[3:]]
    doubled = [sum(divmod(2 * d, 10)) if i % 2 else d for i, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 != 0


def clean_name(text: str) -> str:
    name = " ".join(text.split())
    if not any(c.isalpha() for c in name):
        raise ValidationError(_("Write the agent's name."))
    return name


def enrol(*, name: str, by, mobile: str = "", epic_no: str = "", **fields) -> Agent:
    """A new agent with a code of their own. Mobile and EPIC are refused without consent, whose
    `fields` are those of consent.recorded()."""
    agent = Agent(
        name=clean_name(name),
        mobile=clean_mobile(mobile),
        epic_no=clean_epic(epic_no),
        entered_by=by,
        **fields,
    )
    agent.code = codes.new_code()
    while Agent.objects.filter(code=agent.code).exists():
        agent.code = codes.new_code()
    agent.full_clean()
    agent.save()
    return agent
