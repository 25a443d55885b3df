from hypothesis import given
from hypothesis import strategies as st

from booths.codes import ALPHABET, is_code, new_code

codes = st.integers().map(lambda _: new_code())


def test_a_new_code_is_a_code_and_not_one_of_those_taken():
    taken: set[str] = set()
    for _ in range(500):  # among twenty million, 500 meet by chance once in two hundred runs
        code = new_code(taken)
        assert is_code(code) and code not in taken
        taken.add(code)


@given(codes, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_one_wrong_character_shows(code, place, wrong):
    typed = code[:place] + wrong + code[place + 1 :]
    assert is_code(typed) == (typed == code)


@given(codes, st.integers(0, 4))
def test_two_neighbours_exchanged_show(code, place):
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_code(typed) == (typed == code)


def test_what_is_no_code():
    assert not any(map(is_code, ["", "ABC", "abcdef", "0OIL1U", "क" * 6]))
