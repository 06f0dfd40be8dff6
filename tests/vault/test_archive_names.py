"""A person's words become a name that every system can unpack, and no two names meet."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.vault.archives.names import ArchiveNames, safe_part
from tests.vault.hostile_names import HOSTILE

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def expect_safe(name: str) -> None:
    """Fail unless Windows, macOS and Linux all take it, and no unpacker climbs with it."""
    for part in name.split("/"):
        assert part
        assert part not in {".", ".."}
        assert not part.startswith((".", " "))
        assert not part.endswith((".", " "))
        assert not set(part) & set('<>:"/\\|?*')
        assert not {unicodedata.category(letter) for letter in part} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert not DEVICES.fullmatch(part)
        assert len(part.encode()) <= 100


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Gate code.txt", "Gate code.txt"),
        ("Küche & Bad (alt).pdf", "Küche & Bad (alt).pdf"),
        ("水道.jpg", "水道.jpg"),
        ("Ku\u0308che.pdf", "Küche.pdf"),
        ("invoice 3/4.pdf", "invoice 3_4.pdf"),
        ("C:\\boot.ini", "C__boot.ini"),
        ("../../etc/passwd", "_.._.._etc_passwd"),
        ("..", "unnamed"),
        (".", "unnamed"),
        ("", "unnamed"),
        ("   ", "unnamed"),
        (".htaccess", "_.htaccess"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("com¹.log", "_com¹.log"),
        ("console.txt", "console.txt"),
        ("trailing. . ", "trailing"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\0b\nc\td", "ab c d"),
        ("what? <yes>|no*", "what_ _yes__no_"),
        ("x" * 300 + ".jpeg", "x" * 95 + ".jpeg"),
        ("ß" * 300 + ".jpeg", "ß" * 47 + ".jpeg"),
    ],
)
def test_words_stay_recognisable(words: str, name: str) -> None:
    assert safe_part(words) == name
    expect_safe(name)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_name_is_made_harmless(words: str) -> None:
    expect_safe(ArchiveNames().claim(words))
    expect_safe(ArchiveNames().claim(["Photos", words]))
    expect_safe(ArchiveNames().claim([words, words]))


@given(names=st.lists(st.one_of(st.text(max_size=20), st.text("aAbBßsS./ ()2", max_size=8)), max_size=40))
def test_names_are_safe_and_unique_where_case_does_not_count(names: list[str]) -> None:
    claimed = ArchiveNames()
    given_out = [claimed.claim(name) for name in names]
    for name in given_out:
        expect_safe(name)
    folded = [unicodedata.normalize("NFC", name.casefold()) for name in given_out]
    assert len(set(folded)) == len(names)
    folders = {
        "/".join(name.split("/")[:depth]) for name in folded for depth in range(1, name.count("/") + 1)
    }
    assert not folders & set(folded), "no file has the name of a folder"


@given(words=st.text(max_size=150))
def test_any_words_make_a_safe_part_that_stays_as_it_is(words: str) -> None:
    part = safe_part(words)
    expect_safe(part)
    assert safe_part(part) == part


def test_equal_names_are_numbered_before_their_ending() -> None:
    names = ArchiveNames()
    assert [names.claim(name) for name in ("IMG_1.jpg", "img_1.JPG", "IMG_1.jpg", "img_1 (2).jpg")] == [
        "IMG_1.jpg",
        "img_1 (2).JPG",
        "IMG_1 (3).jpg",
        "img_1 (2) (2).jpg",
    ]


def test_long_equal_names_are_numbered_too() -> None:
    names = ArchiveNames()
    given_out = [names.claim("n" * 200 + ".jpg") for _ in range(20)]
    assert len(set(given_out)) == 20
    for name in given_out:
        expect_safe(name)


def test_many_equal_names_are_quick() -> None:
    names = ArchiveNames()
    assert len({names.claim("image.jpg") for _ in range(20_000)}) == 20_000


def test_a_folder_keeps_its_first_spelling_and_never_meets_a_file() -> None:
    names = ArchiveNames()
    assert names.claim("Photos/a.jpg") == "Photos/a.jpg"
    assert names.claim("photos/b.jpg") == "Photos/b.jpg"
    assert names.claim("PHOTOS") == "PHOTOS (2)"
    assert names.claim("notes") == "notes"
    assert names.claim("Notes/c.txt") == "Notes (2)/c.txt"
    assert names.claim("notes/d.txt") == "Notes (2)/d.txt"


def test_parts_of_a_sequence_are_taken_whole() -> None:
    assert ArchiveNames().claim(["Clients", "A/B Plumbing", "50/50.pdf"]) == "Clients/A_B Plumbing/50_50.pdf"
