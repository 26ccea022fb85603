"""Lists as users type them."""

import pytest
from permafrost_mapper.core.assess.binary import listed_classes
from permafrost_mapper.core.lists import at_commas, at_semicolons


@pytest.mark.parametrize("text", ["1,3", " 1 , 3 ,", "1，3", "1、3"])
def test_classes_are_read_with_the_commas_of_any_keyboard(text):
    assert listed_classes(text, "MAP_PERMAFROST") == (1, 3)


def test_the_separators_are_not_mixed_up():
    assert at_commas("连续，不连续； 零星") == ("连续", "不连续； 零星")
    assert at_semicolons("a, b；c;; ") == ("a, b", "c")
    assert at_commas(" ") == at_semicolons(";") == ()
