"""Words for people, in the two languages the tool speaks."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Language = Literal["ja", "en"]


class Text(Struct, frozen=True):
    """One statement in Japanese and in English; what is shown is chosen at the very edge."""

    ja: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the wording in `language`."""
        return self.ja if language == "ja" else self.en

    def filled(self, **values: object) -> "Text":
        """Return the text with its named `{places}` filled with `values`."""
        return Text(self.ja.format(**values), self.en.format(**values))


def listed(texts: Sequence[Text], ja: str = ", ", en: str = ", ") -> Text:
    """Return some texts as one, joined in each language by its own separator."""
    return Text(ja.join(text.ja for text in texts), en.join(text.en for text in texts))


class Unit(Text, frozen=True):
    """The unit of a count; `one` is its English singular, empty where that is no other word."""

    one: str = ""

    def after(self, number: str, language: Language) -> str:
        """Return a number with its unit: `841件`, `841 cases`, `1 case`; alone without a unit."""
        if language == "ja":
            return f"{number}{self.ja}"
        return f"{number} {self.one if self.one and number == '1' else self.en}".rstrip()
