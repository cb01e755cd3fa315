"""Words for people, in the two languages the tool speaks."""

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
