"""A question that only people can answer, and its answers with what each changes."""

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from kpicli.base.wording import Text

if TYPE_CHECKING:
    from kpicli.intake.proposal import Proposal

About = Literal["", "days", "months", "year"]
"""What the answers to a question change about rows; "" where nothing in time."""
NEITHER = "-"
"""The key of the answer that takes none of what is offered."""
MOST = 6
"""A question has no more answers than this, besides none of them."""


class Choice(Struct, frozen=True):
    """An answer: its words, what is proposed where it is given, and a key that stays the same."""

    key: str
    words: Text
    proposal: "Proposal"


class Question(Struct, frozen=True):
    """A question and its answers, of which Enter takes the first. `kpis` are those it may move.

    `id` is the same every time: by it, answers that were given elsewhere are found. `about` says
    what the answers change in time: the days of rows, the months that exports hold, or the year.
    """

    id: str
    words: Text
    choices: tuple[Choice, ...]
    kpis: tuple[str, ...] = ()
    about: About = ""

    @property
    def moves_periods(self) -> bool:
        """Return whether its answers change which periods there are."""
        return self.about == "year"

    @property
    def asks_months(self) -> bool:
        """Return whether it asks which months an export holds."""
        return self.about == "months"

    @property
    def of_days(self) -> bool:
        """Return whether its answers put rows on other days."""
        return self.about == "days"

    def choice(self, key: str) -> Choice | None:
        """Return the answer of a key; None where there is none."""
        return next((choice for choice in self.choices if choice.key == key), None)
