"""What the columns of a list of agents hold, told from their headings as districts write them.

A heading that is in none of these tables says nothing: rather a column too few, which the preview
names, than the number of somebody else's telephone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from booths.models import Kind
from booths.roll.text import folded

SYNONYMS: dict[str, tuple[str, ...]] = {
    "code": (
        *("Agent code", "Agent ID", "Agent's code", "Code of agent", "Agent code (if known)"),
        *("एजेंट कोड", "एजेंट का कोड", "अभिकर्ता कोड", "अभिकर्ता का कोड", "कोड", "एजेंट आईडी"),
    ),
    "state": ("State", "State code", "राज्य", "राज्य कोड", "प्रदेश", "प्रदेश कोड"),
    "assembly_seat": (
        *(
            "AC",
            "AC No",
            "AC Number",
            "AC Code",
            "ACNO",
            "AC No. & Name",
            "Assembly",
            "Assembly No",
        ),
        *("Assembly Number", "Assembly seat", "Assembly seat no", "Assembly Constituency"),
        *("Assembly Constituency No", "Assembly Constituency Number", "Constituency No", "Seat"),
        *("Seat No", "Seat number", "Vidhan Sabha", "Vidhansabha", "Vidhan Sabha No"),
        *("विधानसभा", "विधानसभा क्रमांक", "विधानसभा क्र", "विधानसभा नं", "विधानसभा संख्या"),
        *("विधानसभा का क्रमांक", "विधानसभा सीट क्रमांक", "विधानसभा क्षेत्र", "विधानसभा क्षेत्र क्र"),
        *("विधानसभा क्षेत्र क्रमांक", "विधानसभा क्षेत्र का क्रमांक", "विधानसभा क्षेत्र संख्या"),
        *("विधानसभा क्रमांक एवं नाम", "विधानसभा क्षेत्र क्रमांक एवं नाम", "विस क्रमांक", "वि.स. क्र."),
        *("विधानसभा निर्वाचन क्षेत्र", "विधानसभा निर्वाचन क्षेत्र क्रमांक", "सीट", "सीट क्रमांक"),
    ),
    "booth": (
        *("Booth", "Booth No", "Booth Number", "Booth Code", "BoothNo", "Booth ID", "PS", "PS No"),
        *("PS Number", "PSNO", "Polling Station", "Polling Station No", "Polling Station Number"),
        *("Polling Booth", "Polling Booth No", "Polling Booth Number", "No. of booth"),
        *("बूथ", "बूथ क्रमांक", "बूथ क्र", "बूथ नं", "बूथ नंबर", "बूथ संख्या", "बूथ का क्रमांक"),
        *("मतदान केन्द्र", "मतदान केन्द्र क्रमांक", "मतदान केन्द्र क्र", "मतदान केन्द्र का क्रमांक"),
        *("मतदान केन्द्र नं", "मतदान केन्द्र संख्या", "मतदान केन्द्र की संख्या", "मतदान बूथ क्रमांक"),
        *("म.के. क्र.", "म.के. क्रमांक", "केन्द्र क्रमांक", "पोलिंग बूथ क्रमांक", "पोलिंग बूथ नंबर"),
    ),
    "kind": (
        *("Kind", "Type", "Agent type", "Type of agent", "Kind of agent", "Agent kind"),
        *("प्रकार", "एजेंट का प्रकार", "एजेंट प्रकार", "अभिकर्ता का प्रकार"),
    ),
    "status": ("Status", "Appointment status", "स्थिति", "नियुक्ति की स्थिति"),
    "proposed_on": (
        *("Proposed on", "Date of proposal", "Proposal date", "Proposed date"),
        *("प्रस्ताव दिनांक", "प्रस्ताव का दिनांक", "प्रस्ताव की तारीख", "प्रस्ताव तिथि"),
    ),
    "appointed_on": (
        *("Appointed on", "Date of appointment", "Appointment date", "Date appointed"),
        *("Appointed date", "Appt date", "Date", "D.O.A."),
        *("नियुक्ति दिनांक", "नियुक्ति का दिनांक", "नियुक्ति की दिनांक", "नियुक्ति तारीख"),
        *("नियुक्ति की तारीख", "नियुक्ति तिथि", "नियुक्ति की तिथि", "दिनांक", "तारीख", "तिथि"),
    ),
    "verified_on": (
        *("Verified on", "Date of verification", "Verification date"),
        *("सत्यापन दिनांक", "सत्यापन का दिनांक", "सत्यापन की तारीख", "सत्यापन तिथि"),
    ),
    "name": (
        *("Name", "Full name", "Agent", "Agent name", "Agent's name", "Name of agent"),
        *("Name of the agent", "Booth agent", "Booth agent name", "Name of booth agent"),
        *("नाम", "पूरा नाम", "एजेंट", "एजेंट का नाम", "एजेंट नाम", "अभिकर्ता का नाम"),
        *("बूथ एजेंट", "बूथ एजेंट का नाम", "बूथ अभिकर्ता का नाम", "कार्यकर्ता का नाम"),
    ),
    "relation_name": (
        *("Father", "Father Name", "Father's Name", "Fathers Name", "Name of father", "F Name"),
        *("Husband", "Husband Name", "Husband's Name", "Father/Husband", "Father/Husband Name"),
        *("Father's/Husband's Name", "Father or Husband Name", "Father's or Husband's Name"),
        *("Father's / Husband Name", "Name of father/husband", "Guardian Name", "F/H Name"),
        *("Relation name", "Relative name", "Relative's name", "S/o", "S/o, W/o", "S/O D/O W/O"),
        *("पिता", "पिता का नाम", "पिता नाम", "पति", "पति का नाम", "पिता/पति", "पिता/पति का नाम"),
        *("पिता या पति का नाम", "पिता अथवा पति का नाम", "पति/पिता", "पति/पिता का नाम"),
        *("पिता का नाम/पति का नाम", "पिता/पति नाम", "अभिभावक का नाम", "संबंधी का नाम"),
    ),
    "gender": ("Gender", "Sex", "M/F", "लिंग", "महिला/पुरुष", "पुरुष/महिला", "म/पु"),
    "mobile": (
        *("Mobile", "Mobile No", "Mobile Number", "Mob", "Mob No", "Mobile #", "Phone", "Phone No"),
        *("Phone Number", "Contact", "Contact No", "Contact Number", "Cell No", "Telephone"),
        *("WhatsApp No", "Agent mobile", "Agent's mobile", "Agent mobile no", "Mobile no of agent"),
        *("मोबाइल", "मोबाइल नं", "मोबाइल नंबर", "मोबाइल नम्बर", "मोबाइल क्रमांक", "मोबाइल क्र"),
        *("मोबाईल", "मोबाईल नं", "मोबाईल नंबर", "मोबाईल नम्बर", "मोबाईल क्रमांक", "मो. नं.", "मो.न."),
        *("मो.", "फोन", "फ़ोन नं", "फोन नंबर", "दूरभाष", "दूरभाष क्रमांक", "सम्पर्क नंबर", "संपर्क क्रमांक"),
        *("एजेंट का मोबाइल", "एजेंट का मोबाइल नंबर", "व्हाट्सएप नंबर", "संपर्क नं"),
    ),
    "epic_no": (
        *("EPIC", "EPIC No", "EPIC Number", "EPICNO", "Voter ID", "Voter ID No", "Voter ID Number"),
        *("Voter Card No", "Voter Card Number", "Voter ID card", "Voter ID Card No", "Elector ID"),
        *("एपिक", "एपिक नं", "एपिक नंबर", "एपिक क्रमांक", "ईपिक नंबर", "ईपिक क्रमांक", "इपिक नं"),
        *("मतदाता पहचान पत्र", "मतदाता पहचान पत्र क्रमांक", "मतदाता पहचान पत्र संख्या"),
        *("मतदाता पहचान पत्र का क्रमांक", "मतदाता पहचान पत्र नं", "मतदाता परिचय पत्र"),
        *("मतदाता परिचय पत्र क्रमांक", "मतदाता परिचय पत्र का क्रमांक", "मतदाता परिचय पत्र नंबर"),
        *("मतदाता क्रमांक", "मतदाता कार्ड नंबर", "वोटर आईडी", "वोटर आईडी नंबर", "वोटर आईडी क्रमांक"),
        *("वोटर कार्ड नं", "वोटर कार्ड नंबर", "पहचान पत्र क्रमांक"),
    ),
    "elector_part": ("Part no", "Part number", "भाग क्रमांक", "भाग संख्या", "भाग सं", "भाग नं"),
    "elector_serial": (
        *("Serial number in the part", "Serial no in part", "Elector serial no", "Roll serial no"),
        *("भाग में सरल क्रमांक", "मतदाता सरल क्रमांक", "नामावली सरल क्रमांक"),
    ),
    "consent_on": ("Consent date", "Date of consent", "सहमति दिनांक", "सहमति की तारीख"),
}

# A column of names may say which kind of agent they are.
NAMED_BY_KIND: dict[str, tuple[str, ...]] = {
    Kind.BLA2: (
        *("BLA-2", "BLA", "BLA Name", "BLA-2 Name", "Name of BLA", "Name of BLA-2"),
        *("Booth Level Agent", "Name of Booth Level Agent", "बूथ लेवल एजेंट का नाम"),
        *("बीएलए", "बीएलए-2", "बीएलए का नाम", "बीएलए-2 का नाम", "बी.एल.ए.-2 का नाम"),
        *("BLA-2 का नाम", "BLA का नाम", "बूथ स्तरीय अभिकर्ता का नाम"),
    ),
    Kind.POLLING_AGENT: (
        *("Polling agent", "Polling agent name", "Name of polling agent", "पोलिंग एजेंट"),
        *("पोलिंग एजेंट का नाम", "मतदान अभिकर्ता", "मतदान अभिकर्ता का नाम", "मतदान एजेंट का नाम"),
    ),
    Kind.RELIEF_AGENT: (
        *("Relief agent", "Relief agent name", "Name of relief agent", "Reliever", "रिलीवर"),
        *("रिलीवर का नाम", "अवमुक्ति अभिकर्ता", "अवमुक्ति अभिकर्ता का नाम", "रिलीफ एजेंट का नाम"),
    ),
}

KIND_WORDS: dict[str, tuple[str, ...]] = {
    Kind.BOOTH_AGENT: ("Booth", "Booth agent", "बूथ", "बूथ एजेंट", "बूथ अभिकर्ता"),
    Kind.BLA2: (
        *("BLA", "BLA-2", "BLA II", "Booth Level Agent", "बीएलए", "बीएलए-2", "बी.एल.ए.-2"),
        *("बूथ लेवल एजेंट", "बूथ लेवल एजेंट (बीएलए)", "बूथ स्तरीय अभिकर्ता"),
    ),
    Kind.POLLING_AGENT: ("Polling", "PA", "मतदान अभिकर्ता", "मतदान एजेंट", "पोलिंग एजेंट"),
    Kind.RELIEF_AGENT: ("Relief", "Reliever", "रिलीवर", "रिलीफ एजेंट", "अवमुक्ति अभिकर्ता"),
}

# They may head something else where another column says plainly what it is.
VAGUE = {
    folded(heading)
    for heading in (
        *("name", "नाम", "agent", "एजेंट", "date", "दिनांक", "तारीख", "तिथि", "कोड"),
        # They may head names, where a column beside them has the numbers.
        *("विधानसभा", "विधानसभा क्षेत्र", "Assembly", "Assembly Constituency", "Vidhan Sabha"),
        *("मतदान केन्द्र", "Polling Station", "Polling Booth", "बूथ", "Booth", "सीट", "Seat"),
    )
}
REMARKS = {
    folded(remark)
    for remark in (
        *("if any", "if known", "optional", "10 digits", "10 digit", "dd/mm/yyyy", "dd-mm-yyyy"),
        *("in Hindi", "in English", "यदि हो", "यदि ज्ञात हो", "वैकल्पिक", "10 अंक", "10 अंकों का"),
        *("हिन्दी में", "अंग्रेजी में", "dd/mm/yy", "दिन/माह/वर्ष"),
    )
}
BRACKETS = re.compile(r"[(\[](.*?)[)\]]")
BETWEEN = re.compile(r"[/\n|]")


def of_synonyms() -> dict[str, str]:
    """Columns by their folded heading."""
    found = {folded(heading): name for name, many in SYNONYMS.items() for heading in many}
    return found | {folded(heading): "name" for many in NAMED_BY_KIND.values() for heading in many}


def by_word(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {folded(word): value for value, many in words.items() for word in many}


KIND_OF_HEADING = by_word(NAMED_BY_KIND)


@lru_cache(maxsize=256)
def kind_named_by(heading: str) -> str:
    """The kind of the agents below a heading such as “BLA-2 Name”, '' where it says none."""
    found = {KIND_OF_HEADING.get(folded(part), "") for part in (heading, *_parts(heading))}
    return max(found)


def column_of(heading: str, columns: Mapping[str, str]) -> str:
    """The column that a heading means, '' for none. One in two languages (“बूथ क्रमांक / Booth No.”)
    means what all its parts mean."""
    if (whole := folded(heading)) in columns:
        return columns[whole]
    meant = {columns.get(folded(part), "") for part in _parts(heading)}
    return meant.pop() if len(meant) == 1 else ""


def _parts(heading: str) -> list[str]:
    inside = [said for said in BRACKETS.findall(heading) if not _is_remark(said)]
    parts = [part for text in (BRACKETS.sub("", heading), *inside) for part in BETWEEN.split(text)]
    return [part for part in parts if folded(part)]


def _is_remark(said: str) -> bool:
    return folded(said) in REMARKS or folded(said).isdecimal()


def places_of(headings: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Where each column stands: of two of one meaning the plain one, then the first."""
    found: dict[str, int] = {}
    for index in sorted(
        range(len(headings)), key=lambda i: (folded(headings[i] or "") in VAGUE, i)
    ):
        if name := column_of(headings[index] or "", columns):
            found.setdefault(name, index)
    return found
