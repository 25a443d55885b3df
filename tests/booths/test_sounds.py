"""Names of Chhattisgarh in the spellings in which people write them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booths.sounds import sounds, sounds_of, words

SAME = """
रामकुमार Ramkumar Raamkumar | लक्ष्मी Laxmi Lakshmi Lakshmee | लक्ष्मण Laxman Lakshman | दीक्षित Dixit Dikshit
शिव Shiv Siv | शंकर Shankar Sankar संकर | कृष्ण Krishna | ज्ञान Gyan Jnan | विजय Vijay Bijay Vijai | विष्णु Vishnu Bishnu
राजेन्द्र राजेंद्र राजेन्‍द्र Rajendra Rajender | सुंदर सुन्दर Sundar Sunder | चन्द्र चंद्र चँद्र Chandra | पाण्डेय पांडेय पांडे Pandey Pande
दुबे Dubey Dube | चौबे Chaubey Choubey Chobe | चौधरी Chaudhari Choudhary Chowdhary | गौरव Gaurav Gourav
मिश्रा Mishra Misra
सिंह सिंघ Singh Sing | सिन्हा Sinha | साहू साहु Sahu Sahoo | वर्मा बर्मा Verma Barma | यादव Yadav Yadaw | राव Rao Rav
बलदेव Baldev Baldeo | महादेव Mahadev Mahadeo | फूलबाई Phoolbai Fulbai | फगुआ Phagua Fagua | अज़ीज़ अजीज Aziz Ajij
ख़ान खान Khan
सीता Seeta Sita | पूनम Poonam Punam | मीना Meena Mina | दीपक Deepak Dipak | उषा ऊषा Usha | गायत्री Gayatri Gaytri
प्रिया Priya
मुन्नी मुनी Munni Muni | लल्ला Lalla Lala | सिद्धार्थ Siddharth Sidharth | सत्यनारायण Satyanarayan Satynarayan
ऐश्वर्या Aishwarya Aishvarya | वैशाली Vaishali Baishali | जैसवाल जायसवाल Jaiswal Jaiswal | कुँवर कुंवर कुवर Kunwar Kuwar
झाड़ूराम झाडूराम Jhaduram Jharuram | भैया Bhaiya Bhaia | शुक्ल Shukla | ईश्वर Ishwar Iswar Eeshvar | द्वारिका Dwarika Dvarika
रायपुर Raipur Raypur | बिलासपुर Bilaspur Vilaspur | दुर्ग Durg | भिलाई Bhilai | कोरबा Korba Korva
रायगढ़ रायगढ Raigarh Raigad Raigadh
राजनांदगांव राजनांदगाँव राजनान्दगांव राजनांदगाव Rajnandgaon | कोण्डागांव कोंडागांव Kondagaon Kondagaanv | जगदलपुर Jagdalpur
अंबिकापुर अम्बिकापुर Ambikapur | चांपा चाम्पा चाँपा Champa | जांजगीर जाँजगीर Janjgir | धमतरी Dhamtari | महासमुंद महासमुन्द Mahasamund
कांकेर Kanker | दंतेवाड़ा दन्तेवाड़ा Dantewada Dantewara | कवर्धा Kawardha Kavardha | मुंगेली Mungeli | बेमेतरा Bemetara Bemetra
बलौदाबाज़ार बलौदाबाजार Balodabazar Baloudabajar | गरियाबंद Gariaband Gariyaband | सारंगढ़ Sarangarh | खैरागढ़ Khairagarh
छत्तीसगढ़ छतीसगढ Chhattisgarh Chattisgarh | कोरिया Korea Koriya | प्रतापपुर Pratappur Pratapur | धरसींवा Dharsiwa Dharsinwa
अकलतरा Akaltara | पामगढ़ Pamgarh | जैजैपुर Jaijaipur | गुंडरदेही Gunderdehi | सूरजपुर Surajpur | बलरामपुर Balrampur
महुआ महुवा Mahua Mahuwa | पहाड़ Pahad Pahar | स्कूल School Skool | चौक Chowk Chauk | रोड Road Rod | नवागांव Nawagaon Navagaon
"""
DIFFERENT = """
रायपुर रामपुर | Ramesh Rakesh | मोहन महान | दुर्ग धमतरी | Korba Korea | सीता सुता | गीता Gupta | कमला विमला | मीना मोना
ममता माता | Anita Sunita | राम श्याम | Bhilai Bilha | भानु पानु | Dinesh Dilip | जगदलपुर Jashpur | शंकर शेखर | Devi Dave
बिलासपुर बलरामपुर | Kanker Konta | रोहित मोहित | साहू Sinha | राजू Ritu | सिंह सिन्हा | नीता नेता
"""


def groups(table: str) -> list[list[str]]:
    return [group.split() for line in table.strip().splitlines() for group in line.split("|")]


@pytest.mark.parametrize("spellings", groups(SAME), ids=lambda group: group[-1])
def test_the_spellings_of_a_name_meet(spellings):
    first, *others = spellings
    assert [word for word in others if not meet(first, word)] == []


@pytest.mark.parametrize(("one", "other"), groups(DIFFERENT))
def test_other_names_do_not_meet(one, other):
    assert not meet(one, other)


def meet(one: str, other: str) -> bool:
    (one_word,), (other_word,) = words(one), words(other)
    return not {*sounds(one_word)}.isdisjoint(sounds(other_word))


# In English in the English name, or by a name of their own.
TRANSLATED = {"ग्रामीण", "शहर", "पश्चिम", "उत्तर", "दक्षिण", "चार", "ज़ोन", "सरगुजा"}


def test_every_place_of_the_state_is_found_in_either_script():
    rows = json.loads(Path("fixtures/chhattisgarh.json").read_text())
    names = [(row["fields"].get("name_hi"), row["fields"].get("name_en")) for row in rows]
    pairs = [pair for hi, en in names if hi and en for pair in zip(words(hi), words(en))]  # noqa: B905
    asked = {pair for pair in pairs if pair[0] not in TRANSLATED}
    assert len(asked) > 100
    assert [pair for pair in asked if not meet(*pair)] == []


@pytest.mark.parametrize(
    ("texts", "keys"),
    [
        (("",), ""),
        (("...",), ""),
        (("राम कुमार",), " rm kumr rmkumr "),
        (("Ram", "राम"), " rm "),
        (("प्राथमिक शाला, कक्ष १२",), " prthmik sl kks 12 prthmiksl slkks "),
    ],
)
def test_a_text_has_the_keys_of_its_words_and_of_each_two_neighbours(texts, keys):
    assert sounds_of(*texts) == keys


@given(
    st.text(
        st.characters(min_codepoint=0x900, max_codepoint=0x97F) | st.characters(max_codepoint=127)
    )
)
def test_any_text_gives_keys_that_can_be_sought(text):
    keys = sounds_of(text)
    assert all(key.isalnum() and key.isascii() and key == key.lower() for key in keys.split())
    assert sounds_of(text) == keys
