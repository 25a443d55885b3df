"""The notice that people read before they agree, word for word, and which version is in force.

A version is never edited once anybody has agreed to it: its words are data, not translations that
may be bettered. Whoever changes a word adds a version and makes it CURRENT.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

CURRENT = "1"


@dataclass(frozen=True)
class Words:
    hi: str
    en: str

    def __str__(self):
        return self.hi if (get_language() or "hi").startswith("hi") else self.en


@dataclass(frozen=True)
class Notice:
    title: Words
    opening: Words
    parts: tuple[tuple[Words, tuple[Words, ...]], ...]  # heading, and what it says in points
    agreement: Words


VERSIONS = {
    "1": Notice(
        title=Words("सूचना और सहमति पत्र", "Notice and consent"),
        opening=Words(
            "आपको बूथ एजेंट बनाने के लिए हम आपकी कुछ जानकारी लिखना चाहते हैं। "
            "सहमति देना आपकी इच्छा पर है। आप 18 वर्ष या उससे अधिक के हों।",
            "To make you a booth agent we want to write down some facts about you. "
            "Agreeing is up to you. You must be 18 or older.",
        ),
        parts=(
            (
                Words("हम क्या लिखते हैं", "What we write down"),
                (
                    Words(
                        "नाम, पिता/पति का नाम, लिंग",
                        "Name, father's or husband's name, gender",
                    ),
                    Words("मोबाइल नंबर (देना ज़रूरी नहीं)", "Mobile number (optional)"),
                    Words(
                        "एपिक नंबर और मतदाता सूची में सीट, भाग और क्रमांक (देना ज़रूरी नहीं)",
                        "EPIC number, and your seat, part and serial number in the electoral roll "
                        "(optional)",
                    ),
                    Words(
                        "आपका बूथ, नियुक्ति और उसके दिन; यह सहमति, उसका दिन और तरीका",
                        "Your booth, your appointment and its days; this consent, its day and how "
                        "it was given",
                    ),
                    Words(
                        "जाति, धर्म, आधार, बैंक खाता और आपका वोट हम नहीं पूछते, नहीं लिखते।",
                        "We neither ask nor keep caste, religion, Aadhaar, bank account or how "
                        "you vote.",
                    ),
                ),
            ),
            (
                Words("किस काम के लिए", "What it is for"),
                (
                    Words(
                        "आपको बूथ पर नियुक्त करने, आपसे संपर्क करने और बूथ के काम की गिनती के लिए।",
                        "To appoint you at a booth, to reach you, and to count how the work at "
                        "booths goes.",
                    ),
                    Words("और किसी काम के लिए नहीं।", "For nothing else."),
                ),
            ),
            (
                Words("कौन देखता है", "Who sees it"),
                (
                    Words(
                        "दल के प्रदेश कार्यालय, प्रभारी और आपके क्षेत्र के जिला कर्मचारी।",
                        "The party's state office, the in-charges, and the district staff of your "
                        "area.",
                    ),
                    Words(
                        "बूथ एजेंट के प्रपत्र पर जो लिखना होता है, वह निर्वाचन अधिकारी को जाता है। "
                        "जानकारी बेची नहीं जाती।",
                        "What the form of a booth agent asks for goes to the election officers. "
                        "Nothing is sold.",
                    ),
                ),
            ),
            (
                Words("कब तक", "How long"),
                (
                    Words(
                        "जब तक आप एजेंट हैं, और उसके बाद एक वर्ष। फिर आपका नाम और बाकी जानकारी "
                        "हटा दी जाती है; केवल गिनती रहती है।",
                        "As long as you are an agent, and one year after. Then your name and all "
                        "else is removed; only counts stay.",
                    ),
                ),
            ),
            (
                Words("आपके अधिकार", "Your rights"),
                (
                    Words(
                        "अपनी जानकारी देखना, सुधरवाना और हटवाना।",
                        "To see what is written, to have it corrected, to have it removed.",
                    ),
                    Words(
                        "सहमति कभी भी वापस लेना: जिसने लिखी उसे या नीचे के संपर्क पर कह दें। "
                        "तब आपका मोबाइल, एपिक और मतदाता सूची का विवरण हटा दिया जाता है।",
                        "To take consent back at any time: tell whoever wrote it down, or the "
                        "contact below. Your mobile, EPIC and electoral-roll details are then "
                        "removed.",
                    ),
                    Words(
                        "शिकायत नीचे के संपर्क पर करें। संतोष न हो तो भारतीय डाटा संरक्षण बोर्ड से "
                        "शिकायत कर सकते हैं।",
                        "Complain to the contact below; if that does not help, to the Data "
                        "Protection Board of India.",
                    ),
                ),
            ),
        ),
        agreement=Words(
            "मैंने यह सूचना पढ़ी या मुझे पढ़कर सुनाई गई। मैं ऊपर लिखे काम के लिए अपनी जानकारी देने को सहमत हूं।",
            "I have read this notice, or it was read to me. I agree that my data is kept for what "
            "is said above.",
        ),
    ),
}


def recorded(mode: str, *, on: date) -> dict:
    """The fields of an agent who agreed on the day to the notice in force; nothing where `mode`
    is empty, for one who was not asked or said no."""
    if not mode:
        return {}
    return {"consent_version": CURRENT, "consent_on": on, "consent_mode": mode}


def clean_version(text: str) -> str:
    if text and text not in VERSIONS:
        raise ValidationError(
            _("There is no version “%(version)s” of the notice. Known are: %(known)s."),
            params={"version": text, "known": ", ".join(VERSIONS)},
        )
    return text
