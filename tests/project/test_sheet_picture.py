"""The pictures of the two pages are drawn from the sheet of an example, as it is today."""

import pytest
from PIL import Image

from tests.project.sheet_picture import HEIGHT, README, START, WIDTH, description, shown

FILES = {file.name: file for file in (README, *START)}


@pytest.mark.parametrize("name", FILES)
def test_a_picture_shows_the_sheet_of_today(name: str) -> None:
    assert description(FILES[name]) == shown(), "the words or the layout of the two pages changed: run `make pictures`"


@pytest.mark.parametrize("file", START, ids=lambda file: str(file.name))
def test_a_picture_has_the_size_that_the_page_keeps_free_for_it(file: object) -> None:
    with Image.open(str(file)) as image:
        assert image.size == (WIDTH, HEIGHT)
