"""Texts as TOML reads them."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.toml_values import array, quoted

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(TEXTS))
def test_read_back(texts: list[str]) -> None:
    """TOML reads every text as it was, alone and in an array."""
    assert tomllib.loads(f"x = {array(texts)}")["x"] == texts
    assert [tomllib.loads(f"x = {quoted(text)}")["x"] for text in texts] == texts
