"""A name that does not exist is answered with the nearest that does."""

from kpicli.base.suggestions import nearest, suggestion
from kpicli.base.wording import Text

NAMES = ("voices", "renewals", "staff")


def test_a_slip_is_answered_with_the_name_meant() -> None:
    """One name is near enough to ask for."""
    assert suggestion("voice", NAMES) == Text("「voices」のことですか", "did you mean 'voices'?")
    assert nearest("renewal", NAMES) == " (did you mean 'renewals'?)"


def test_a_name_like_none_is_answered_with_all() -> None:
    """Where nothing is near, everything that exists is listed in its order."""
    assert suggestion("zzz", NAMES) == Text(
        "使えるもの: voices, renewals, staff", "there are: voices, renewals, staff"
    )
    assert nearest("zzz", iter(NAMES)) == " (there are: voices, renewals, staff)"
